using Xunit.Abstractions;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>Callers that never get on keep nobody else waiting.</summary>
[Collection(nameof(MeasuredDrill))]
public sealed class BesideSlowCallers(ITestOutputHelper output) : IDisposable
{
    private readonly DrillFolder _folder = DrillFolder.CreateAsync().GetAwaiter().GetResult();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SlowCallers_KeepNobodyElseWaiting()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_folder.Models, _folder.Store, "--create-store", "--rescore-hours", "0");
        using var caller = new SteadyCaller(service.Port, DrillFolder.Lead(1));
        List<double> alone = [], beside = [];

        // Both ways are compiled before anything is measured, callers being thrown out too.
        await BesideAsync(service, () => caller.WarmUp(Drill.Rounds(500, 20_000)), TimeSpan.FromSeconds(Drill.Rounds(0, 15)));
        for (int stretch = 0; stretch < Drill.Rounds(1, 3); stretch++)
        {
            List<double> soFar = caller.Measure(Drill.Rounds(300, 1_500));
            alone.AddRange(soFar);
            output.WriteLine($"alone: {Told(soFar)}");
            await BesideAsync(service, () => beside.AddRange(soFar = caller.Measure(Drill.Rounds(300, 1_500))), TimeSpan.FromSeconds(Drill.Rounds(0, 12)));
            output.WriteLine($"beside slow callers: {Told(soFar)}");
        }

        output.WriteLine($"in all alone: {Told(alone)}; beside slow callers: {Told(beside)}");
        service.Said.ShouldNotContain("fail: ");
        service.Said.ShouldNotContain("Exception");

        // Each of the steady caller's requests was answered with 200. How soon says something only where nothing else runs.
        if (Drill.IsLong)
        {
            Slowest(beside, 0.01).ShouldBeLessThan(2 * Slowest(alone, 0.01));
        }
    }

    /// <summary>Does something beside slow callers of whom the first have been thrown out already, and waits until the service is rid of them.</summary>
    private async Task BesideAsync(ServiceProcess service, Action act, TimeSpan after)
    {
        using (var slow = new SlowCallers(service.Port, Drill.Rounds(400, 1_000)))
        {
            await slow.ConnectedAsync();
            await Task.Delay(after);
            act();
            slow.Connected.ShouldBeGreaterThan(slow.Count * 9 / 10, "those that are thrown out come again");
            output.WriteLine($"{slow.Connected} slow callers, {slow.ThrownOut} times thrown out");
        }

        await Task.Delay(TimeSpan.FromSeconds(Drill.Rounds(0, 3)));
    }

    private static string Told(List<double> took) => $"{took.Count} requests, p50 {Slowest(took, 0.5):0.00}, p99 {Slowest(took, 0.01):0.00}, longest {took.Max():0.00} ms";

    /// <summary>What so large a part took longer than.</summary>
    private static double Slowest(List<double> took, double part) => took.Order().ElementAt((int)((1 - part) * (took.Count - 1)));
}

/// <summary>Drills that compare times run beside no other test of this assembly.</summary>
[CollectionDefinition(nameof(MeasuredDrill), DisableParallelization = true)]
public sealed class MeasuredDrill;
