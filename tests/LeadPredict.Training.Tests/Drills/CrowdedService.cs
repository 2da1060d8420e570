using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Xunit.Abstractions;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>More callers than the service can serve: they are answered, or refused politely.</summary>
public sealed class CrowdedService(ITestOutputHelper output) : IDisposable
{
    private const string Busy = "busy";

    private readonly DrillFolder _folder = DrillFolder.CreateAsync().GetAwaiter().GetResult();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MoreThanItCan_IsRefusedPolitelyAndGotOver()
    {
        await using ServiceProcess service = await StartAsync();
        await AddBusyLeadAsync(service);
        var statuses = new ConcurrentDictionary<int, int>();
        using var client = new HttpClient { BaseAddress = service.Client.BaseAddress };
        long? thrownAway = ConnectionsThrownAway();
        List<Task> asked = await OfferAsync(client, statuses, TimeSpan.FromSeconds(Drill.Rounds(15, 300)));
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(asked);
        await ShouldRecoverAsync(service, clock);

        output.WriteLine(Told(statuses));
        statuses.Keys.ShouldBeSubsetOf([200, 503]);
        statuses.ShouldContainKey(200);
        ConnectionsThrownAway().ShouldBe(thrownAway, "a connection that is thrown away is let in seconds later, or reset in the middle of a request");
        statuses.GetValueOrDefault(503).ShouldBeGreaterThan(Drill.IsLong ? statuses[200] : 0, "two of three cannot be answered");
    }

    [Fact]
    public async Task MoreThanTheRate_IsRefusedPolitelyAndGotOver()
    {
        const int rate = 100;
        await using ServiceProcess service = await StartAsync("--rate-limit", $"{rate}");
        ConcurrentDictionary<int, int> statuses = await CrowdAsync(service, 64, TimeSpan.FromSeconds(Drill.Rounds(3, 60)));
        statuses.Keys.ShouldBeSubsetOf([200, 429, 503]);
        statuses[429].ShouldBeGreaterThan(0, "more ask than are allowed, however slow the machine");
        statuses[200].ShouldBeLessThanOrEqualTo(rate * (Drill.Rounds(3, 60) + 5));
        await Task.Delay(TimeSpan.FromSeconds(2));
        await ShouldRecoverAsync(service, Stopwatch.StartNew());
    }

    private Task<ServiceProcess> StartAsync(params string[] more) =>
        ServiceProcess.StartAsync(_folder.Models, _folder.Store, ["--create-store", "--rescore-hours", "0", .. more]);

    /// <summary>A lead of the store that takes long to score and little to ask for: otherwise whoever asks is busier than the service.</summary>
    private static async Task AddBusyLeadAsync(ServiceProcess service)
    {
        using HttpResponseMessage lead = await service.Client.PostAsJsonAsync("/v1/leads", new { id = Busy, createdAt = "2025-01-01" });
        lead.StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpResponseMessage touches = await service.Client.PostAsJsonAsync(
            "/v1/touches", Enumerable.Range(0, 5_000).Select(i => new { id = $"t{i}", leadId = Busy, type = "page_view", occurredAt = "2025-01-02" }));
        touches.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Every second three times as many requests as were answered well in the one before, however many still wait.</summary>
    private static async Task<List<Task>> OfferAsync(HttpClient client, ConcurrentDictionary<int, int> statuses, TimeSpan time)
    {
        var asked = new List<Task>();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
        {
            int before = statuses.GetValueOrDefault(200);
            await Task.Delay(1_000);
            for (int offered = 3 * Math.Max(50, statuses.GetValueOrDefault(200) - before); offered > 0; offered--)
            {
                asked.Add(Task.Run(() => AskAsync(client, $"{{\"leadId\":\"{Busy}\"}}", statuses)));
            }
        }

        return asked;
    }

    /// <summary>So many callers that ask again as soon as they are answered: how often each status came.</summary>
    private async Task<ConcurrentDictionary<int, int>> CrowdAsync(ServiceProcess service, int callers, TimeSpan time)
    {
        var statuses = new ConcurrentDictionary<int, int>();
        using var done = new CancellationTokenSource(time);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await AskAsync(service.Client, DrillFolder.Lead(caller), statuses);
            }
        })));
        output.WriteLine($"{callers} callers for {time.TotalSeconds} s: {Told(statuses)}");
        return statuses;
    }

    private static async Task AskAsync(HttpClient client, string body, ConcurrentDictionary<int, int> statuses)
    {
        using HttpResponseMessage response = await client.PostAsync("/v1/score", Body(body));
        statuses.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
        (response.IsSuccessStatusCode || response.Headers.RetryAfter is not null).ShouldBeTrue($"{response.StatusCode} without Retry-After");
    }

    /// <summary>Connections that found no place to wait to be taken, since this machine started; null where it does not say, or allows few to wait.</summary>
    private static long? ConnectionsThrownAway()
    {
        const string counters = "/proc/net/netstat";
        const string allowed = "/proc/sys/net/core/somaxconn";
        if (!File.Exists(counters) || !File.Exists(allowed) || int.Parse(File.ReadAllText(allowed), CultureInfo.InvariantCulture) < 4_096)
        {
            return null;
        }

        string[][] lines = [.. File.ReadLines(counters).Take(2).Select(line => line.Split(' '))];
        int at = Array.IndexOf(lines[0], "ListenOverflows");
        return at < 0 ? null : long.Parse(lines[1][at], CultureInfo.InvariantCulture);
    }

    private static string Told(ConcurrentDictionary<int, int> statuses) =>
        string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} times {status.Key}"));

    private async Task ShouldRecoverAsync(ServiceProcess service, Stopwatch clock)
    {
        for (int inARow = 0; inARow < 50;)
        {
            using HttpResponseMessage response = await service.Client.PostAsync("/v1/score", Body(DrillFolder.Lead(inARow)));
            inARow = response.IsSuccessStatusCode ? inARow + 1 : 0;
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), $"{response.StatusCode} still");
        }

        output.WriteLine($"got over in {clock.Elapsed.TotalMilliseconds:0} ms");
    }

    private static StringContent Body(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
