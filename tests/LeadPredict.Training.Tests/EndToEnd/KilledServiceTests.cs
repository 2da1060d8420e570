using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>
/// The service on SQLite, killed with SIGKILL again and again while four clients send history: nothing acknowledged is lost, no request is kept in
/// part, and the file stays whole. LEADPREDICT_KILLS sets how often; 3 unless set.
/// </summary>
public sealed class KilledServiceTests : IDisposable
{
    private const int Touches = 20;
    private const int Clients = 4;

    private static readonly int Kills = int.TryParse(
        Environment.GetEnvironmentVariable("LEADPREDICT_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int set) ? set : 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-killed-");
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly int[] _next = new int[Clients];

    private string Database => Path.Combine(_folder.FullName, "history.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Ingest_ServiceKilledInTheMiddle_KeepsAllThatWasAcknowledged()
    {
        var random = new Random(5);
        for (int kill = 1; kill <= Kills; kill++)
        {
            string url = $"http://127.0.0.1:{FreePort.Next()}";
            using Process service = await StartAsync(url);
            int before = _acknowledged.Count;
            Task[] clients = [.. Enumerable.Range(0, Clients).Select(client => Task.Run(() => SendUntilBrokenAsync(url, client)))];
            SpinWait.SpinUntil(() => _acknowledged.Count > before, TimeSpan.FromSeconds(30)).ShouldBeTrue("nothing was acknowledged");
            await Task.Delay(random.Next(60));
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
            await Task.WhenAll(clients);

            await ShouldBeWholeAsync();
        }

        _acknowledged.Count.ShouldBeGreaterThan(Kills);
    }

    private async Task<Process> StartAsync(string url)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "leadpredict.dll");
        var service = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, "serve", "--urls", url, "--store", "sqlite:" + Database, "--create-store", "--models", _folder.FullName])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                WorkingDirectory = _folder.FullName,
            },
        };
        service.Start();
        service.BeginOutputReadLine();
        while (await service.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("serving on", StringComparison.Ordinal))
            {
                return service;
            }
        }

        throw new InvalidOperationException("the service did not start");
    }

    private async Task SendUntilBrokenAsync(string url, int client)
    {
        using var http = new HttpClient { BaseAddress = new(url) };
        while (true)
        {
            // What was sent in vain is sent again after the next start: it is there or not, and then it is there once.
            string lead = $"c{client}-{_next[client]:D6}";
            try
            {
                if (!await TakenAsync(http, "/v1/leads", new { id = lead, createdAt = "2025-01-01" })
                    || !await TakenAsync(http, "/v1/touches", Enumerable.Range(0, Touches).Select(i => new { id = $"{lead}/{i}", leadId = lead, type = "call", occurredAt = "2025-01-02" })))
                {
                    return;
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException or IOException)
            {
                return;
            }

            _acknowledged[lead] = true;
            _next[client]++;
        }
    }

    private static async Task<bool> TakenAsync(HttpClient http, string path, object body)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(path, body);
        return response.StatusCode == HttpStatusCode.OK;
    }

    private async Task ShouldBeWholeAsync()
    {
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            (await check.ExecuteScalarAsync()).ShouldBe("ok");
        }

        var found = new HashSet<string>();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + Database, create: false);
        await foreach (AccountHistory account in store.ReadAccountsAsync())
        {
            LeadHistory lead = account.Leads.ShouldHaveSingleItem();
            lead.Touches.Count.ShouldBeOneOf(0, Touches);
            if (lead.Touches.Count == Touches)
            {
                found.Add(lead.Lead.Id);
            }
        }

        _acknowledged.Keys.Except(found).ShouldBeEmpty("acknowledged and lost");
        found.Except(_acknowledged.Keys).Count().ShouldBeLessThanOrEqualTo(Clients);
    }
}
