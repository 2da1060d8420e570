using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Scoring.Tests.Leads;

/// <summary>Scores leads by small models that are published in a folder of its own.</summary>
internal sealed class SmallModelScorer : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A lead that became an MQL a week after its beginning.</summary>
    public static LeadBuilder Mql() => new LeadBuilder().From("event").Has("employees", 250)
        .Touched("demo_request", 5).Touched("page_view", 6).Enters(Stage.MarketingQualified, 7);

    /// <summary>No interval is the wrong way round or leaves [0, 1], and closing is never more likely than becoming an SQL.</summary>
    public static void ShouldBeOrdered(LeadScore score)
    {
        ProbabilityEstimate?[] all = [score.Probabilities.Sql, score.Probabilities.CloseGivenSql, score.Probabilities.Close];
        foreach (ProbabilityEstimate one in all.OfType<ProbabilityEstimate>())
        {
            one.Low.ShouldBeInRange(0, one.Value);
            one.High.ShouldBeInRange(one.Value, 1);
        }

        if (score.Probabilities is { Sql: { } sql, Close: { } close })
        {
            close.Value.ShouldBeLessThanOrEqualTo(sql.Value);
            close.Low.ShouldBeLessThanOrEqualTo(sql.Low);
            close.High.ShouldBeLessThanOrEqualTo(sql.High);
        }
    }

    /// <summary>The lead's score on day 30 by the draft, or by the small model with the default scorecard.</summary>
    public async Task<LeadScore> ScoreAsync(LeadBuilder lead, ArtifactDraft? draft = null)
    {
        PredictionEngine engine = await EngineAsync(draft ?? SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml));
        AccountHistory account = lead.BuildAlone();
        return new LeadScorer(engine).Score(account, account.Leads[0], Day.At(30));
    }

    /// <summary>The draft, published and loaded.</summary>
    public async Task<PredictionEngine> EngineAsync(ArtifactDraft draft)
    {
        ModelRepository repository = new(_folder["models-" + Directory.EnumerateDirectories(_folder.Path).Count()]);
        return new(repository.Load(draft.Name, await repository.PublishAsync(draft)));
    }
}
