using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Train;

/// <summary>A history that nothing can be learnt from says why, so that nobody waits for leads that will not help.</summary>
public sealed class RefusedHistories : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-refused-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Train_AllRecordedOnTheDayOfTheExport_SaysThatItBecameKnownTooLate()
    {
        ConsoleRun run = await TrainAsync((id, day, won) => new LeadBuilder(id, day, recorded: 430)
            .Enters(Stage.MarketingQualified, day + 2, recorded: 430).Enters(won ? Stage.SalesQualified : Stage.Disqualified, day + 12, recorded: 430));

        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain("stays in the funnel's stages became known too late to learn from, as recordedAt says");
    }

    [Fact]
    public async Task Train_LeadsPassOverAStage_SaysThatNoneFailedThere()
    {
        ConsoleRun run = await TrainAsync((id, day, won) => new LeadBuilder(id, day)
            .Enters(Stage.MarketingQualified, day + 2).Enters(won ? Stage.Won : Stage.Disqualified, day + 12));

        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain("P(close | SQL) cannot be learnt yet");
        run.Error.ShouldContain("None failed to: if leads pass over a stage of the funnel ('leadpredict funnel' shows which they enter), name the steps that they do take under 'funnel:' in the recipe");
        run.Error.ShouldNotContain("too late");
    }

    [Fact]
    public async Task Train_LeadsGoStraightToSql_SaysThatNoneWasMql()
    {
        ConsoleRun run = await TrainAsync((id, day, won) => new LeadBuilder(id, day).Enters(Stage.SalesQualified, day + 2).Enters(won ? Stage.Won : Stage.Lost, day + 12));

        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain("No lead was in it: if leads pass over a stage of the funnel");
    }

    [Fact]
    public async Task Train_HorizonOfAStepThatTheFunnelHasNot_IsRefused()
    {
        ConsoleRun run = await TrainAsync(
            (id, day, won) => new LeadBuilder(id, day).Enters(Stage.MarketingQualified, day + 2).Enters(won ? Stage.Won : Stage.Lost, day + 12),
            FunnelDefinition.Create([Stage.MarketingQualified, Stage.Won]),
            "--sql-horizon",
            "14");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("--sql-horizon: the store's funnel, MarketingQualified to Won, has no such step");
    }

    private async Task<ConsoleRun> TrainAsync(Func<string, double, bool, LeadBuilder> lead, FunnelDefinition? funnel = null, params string[] options)
    {
        string store = "sqlite:" + Path.Combine(_folder.FullName, "history.db");
        await using (IHistoryStore history = await HistoryStores.OpenAsync(store, create: true))
        {
            if (funnel is not null)
            {
                await history.SetFunnelAsync(funnel);
            }

            await history.AppendAsync(HistoryBatch.Of([.. Enumerable.Range(0, 800).Select(i => lead($"l{i}", i / 2.0, i % 3 == 0).BuildAlone())]));
        }

        return await ConsoleRun.Of(["train", "--store", store, "--models", Path.Combine(_folder.FullName, "models"), .. options]);
    }
}
