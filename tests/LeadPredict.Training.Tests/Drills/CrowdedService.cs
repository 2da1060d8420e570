using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit.Abstractions;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>More callers than the service can serve, and callers that never get on: everybody else is answered, or refused politely.</summary>
public sealed class CrowdedService(ITestOutputHelper output) : IDisposable
{
    private readonly DrillFolder _folder = DrillFolder.CreateAsync().GetAwaiter().GetResult();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SlowCallers_KeepNobodyElseWaiting()
    {
        await using ServiceProcess service = await StartAsync();
        double baseline = await P99Async(service);
        using var slow = new SlowCallers(service.Port, Drill.Rounds(400, 1_000));
        await slow.ConnectedAsync();
        double beside = await P99Async(service);
        output.WriteLine($"p99 {baseline:0.00} ms, beside {slow.Connected} slow callers {beside:0.00} ms");
        slow.Connected.ShouldBeGreaterThan(slow.Count * 9 / 10, "those that are thrown out come again");

        // A short run on a busy machine has few answers in its slowest hundredth.
        beside.ShouldBeLessThan(Drill.IsLong ? 2 * baseline : (10 * baseline) + 500);
    }

    [Fact]
    public async Task MoreThanItCan_IsRefusedPolitelyAndGotOver()
    {
        await using ServiceProcess service = await StartAsync();

        // It works on 64 for each processor and lets four times as many wait.
        ConcurrentDictionary<int, int> statuses = await CrowdAsync(service, 3 * 5 * 64 * Environment.ProcessorCount, TimeSpan.FromSeconds(Drill.Rounds(3, 300)));
        statuses.Keys.ShouldBeSubsetOf([200, 503]);
        if (Drill.IsLong)
        {
            statuses[503].ShouldBeGreaterThan(2 * statuses[200], "three times as many ask as can be answered");
        }

        await ShouldRecoverAsync(service);
    }

    [Fact]
    public async Task MoreThanTheRate_IsRefusedPolitelyAndGotOver()
    {
        const int rate = 100;
        await using ServiceProcess service = await StartAsync("--rate-limit", $"{rate}");
        ConcurrentDictionary<int, int> statuses = await CrowdAsync(service, 64, TimeSpan.FromSeconds(Drill.Rounds(3, 60)));
        statuses.Keys.ShouldBeSubsetOf([200, 429, 503]);
        statuses[429].ShouldBeGreaterThan(2 * statuses[200], "three times as many ask as are allowed");
        statuses[200].ShouldBeLessThanOrEqualTo(rate * (Drill.Rounds(3, 60) + 5));
        await Task.Delay(TimeSpan.FromSeconds(2));
        await ShouldRecoverAsync(service);
    }

    private Task<ServiceProcess> StartAsync(params string[] more) =>
        ServiceProcess.StartAsync(_folder.Models, _folder.Store, ["--create-store", "--rescore-hours", "0", .. more]);

    /// <summary>So many callers that ask again as soon as they are answered: how often each status came.</summary>
    private async Task<ConcurrentDictionary<int, int>> CrowdAsync(ServiceProcess service, int callers, TimeSpan time)
    {
        var statuses = new ConcurrentDictionary<int, int>();
        using var done = new CancellationTokenSource(time);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = callers }) { BaseAddress = service.Client.BaseAddress };
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                using HttpResponseMessage response = await client.PostAsync("/v1/score", Lead(caller));
                statuses.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
                (response.IsSuccessStatusCode || response.Headers.RetryAfter is not null).ShouldBeTrue($"{response.StatusCode} without Retry-After");
            }
        })));
        output.WriteLine($"{callers} callers for {time.TotalSeconds} s: {string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} times {status.Key}"))}");
        statuses.ShouldContainKey(200);
        return statuses;
    }

    private async Task ShouldRecoverAsync(ServiceProcess service)
    {
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < 50; i++)
        {
            using HttpResponseMessage response = await service.Client.PostAsync("/v1/score", Lead(i));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        output.WriteLine($"50 more in {clock.Elapsed.TotalMilliseconds:0} ms");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    /// <summary>The slowest hundredth of one caller after the other, a hundred a second, none of which waits for the one before: a pause of the service delays all that come in it.</summary>
    private static async Task<double> P99Async(ServiceProcess service)
    {
        const int everyMilliseconds = 10;
        Task<double>[] asked = new Task<double>[Drill.Rounds(300, 3_000)];
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < asked.Length; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, (i * everyMilliseconds) - clock.Elapsed.TotalMilliseconds)));
            asked[i] = AskAsync(service, i);
        }

        double[] took = await Task.WhenAll(asked);
        Array.Sort(took);
        return took[(int)(0.99 * (took.Length - 1))];
    }

    private static async Task<double> AskAsync(ServiceProcess service, int i)
    {
        var clock = Stopwatch.StartNew();
        using HttpResponseMessage response = await service.Client.PostAsync("/v1/score", Lead(i));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static StringContent Lead(int i) => new(DrillFolder.Lead(i), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
