using LeadPredict.Api.Boards;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Boards;

/// <summary>A chance is of the month in which it was given, from which on its horizon counts.</summary>
public sealed class DecidedMonths
{
    [Fact]
    public async Task Month_OfAnMqlThatWasRecordedInTheNext_IsTheOneInWhichItsChanceWasGiven()
    {
        using var folder = new TemporaryFolder();
        var repository = new ModelRepository(folder["models"]);
        int version = await repository.PublishAsync(SmallModels.Draft(funnel: SmallModels.QualifyOnly));
        using PredictionEngine engine = new(repository.Load("small", version));
        var tally = new DecidedTally(engine, SmallModels.QualifyOnly, Day.At(365), new(engine), inputs: null);
        foreach (AccountHistory account in new[]
        {
            new LeadBuilder("at once").Enters(Stage.MarketingQualified, 30).BuildAlone(),
            new LeadBuilder("late").Enters(Stage.MarketingQualified, 30, recorded: 33).Enters(Stage.SalesQualified, 40).BuildAlone(),
        })
        {
            tally.Add(account, account.Leads[0]);
        }

        KeptPromises.Of(tally.Report()).Months.Select(month => (month.Month, month.Leads, month.Happened)).ShouldBe([("2025-01", 1, 0), ("2025-02", 1, 1)]);
    }
}
