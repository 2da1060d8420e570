using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Hosting;

/// <summary>A service that ends because a part of it failed has not ended in order: its supervisor starts it again.</summary>
public sealed class FailedServiceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-failed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Serve_WhereABackgroundServiceFails_EndsWithTwo()
    {
        string store = "sqlite:" + Path.Combine(_folder.FullName, "leads.db");

        ConsoleRun run = await ConsoleRun.Of(
            new ClockWithoutSeconds(), "serve", "--urls", "http://127.0.0.1:0", "--models", SharedFiles.Repository("models"), "--store", store, "--create-store");

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldContain("RescoringWorker failed with System.NotSupportedException");
        run.Error.ShouldNotContain("of nobody");
    }

    /// <summary>The machine's clock, by which nothing can be waited for that takes a second, as a worker does that has nothing to do.</summary>
    private sealed class ClockWithoutSeconds : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            dueTime == TimeSpan.FromSeconds(1) ? throw new NotSupportedException("of nobody") : base.CreateTimer(callback, state, dueTime, period);
    }
}
