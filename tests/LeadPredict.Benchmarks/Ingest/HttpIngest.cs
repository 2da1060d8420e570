using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using LeadPredict.Api;
using LeadPredict.Api.Answers;
using LeadPredict.Storage;
using Microsoft.AspNetCore.Builder;

namespace LeadPredict.Benchmarks.Ingest;

/// <summary>Touches over HTTP: a service on a socket of this machine, clients that send JSON arrays and wait for each answer, which means committed.</summary>
internal static class HttpIngest
{
    private const int Clients = 4;

    /// <summary>Touches a second. The bodies are made before the clock starts.</summary>
    public static async Task<double> RateAsync(IHistoryStore store, int rows, int batch)
    {
        await using WebApplication app = LeadPredictApi.Create(new() { Models = Path.GetTempPath(), Store = store, Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var bodies = new ConcurrentQueue<byte[]>(DrawnTouches.Batches(rows, batch).Select(Body));
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => SendAsync(http, bodies))));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        long kept = (await store.SummarizeAsync()).Touches;
        return kept == rows ? rows / seconds : throw new InvalidOperationException($"{kept} of {rows} touches were kept");
    }

    private static byte[] Body(HistoryBatch batch) => JsonSerializer.SerializeToUtf8Bytes(
        batch.Touches.Select(touch => new
        {
            id = touch.Id,
            leadId = touch.LeadId,
            type = touch.Type,
            occurredAt = touch.OccurredAt,
            properties = touch.Properties.ToDictionary(property => property.Key, property => property.Value.Text is { } text ? (object)text : property.Value.Number),
        }),
        AnswerJson.Options);

    private static async Task SendAsync(HttpClient http, ConcurrentQueue<byte[]> bodies)
    {
        while (bodies.TryDequeue(out byte[]? body))
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = await http.PostAsync("/v1/touches", content);
            response.EnsureSuccessStatusCode();
        }
    }
}
