using LeadPredict.Api.Handlers;
using LeadPredict.Api.Rescoring;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadPredict.Api.Tests.Rescoring;

/// <summary>Who works by call list and events asks for no score: a challenger is judged by what the service scores by itself.</summary>
public sealed class RescoredChallenger : StoredLeads
{
    private ApiHost _api = null!;

    private protected override async Task BeginAsync()
    {
        await History.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("s1").From("event").Has("employees", 250).Enters(Stage.MarketingQualified, 7).BuildAlone(),
            new LeadBuilder("objects").From("event").Has(ProfilingObjection.Attribute, true).Enters(Stage.MarketingQualified, 7).BuildAlone()));
        _api = await ApiHost.StartAsync(History, change: options => options with { Operations = Operations, RescoreEvery = TimeSpan.Zero });
    }

    private protected override async Task EndAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Lead_WithoutAChallenger_HasTheChampionsRowAlone() => (await RescoreAsync("s1")).ShouldHaveSingleItem().Role.ShouldBe("champion");

    [Fact]
    public async Task Lead_WithAChallengerThatServes_HasItsRowBesideTheChampions()
    {
        await ChallengeAsync(SmallModels.Draft(intercept: -3, scorecard: ScorecardDefinition.Default.Yaml));

        IReadOnlyList<LoggedScore> rows = await RescoreAsync("s1");

        rows.Select(row => (row.Role, row.Version, row.Origin, row.At, row.AsOf)).ShouldBe(
            [("champion", 1, "rescored", ApiHost.Clock.GetUtcNow(), ApiHost.Clock.GetUtcNow()), ("challenger", 2, "rescored", ApiHost.Clock.GetUtcNow(), ApiHost.Clock.GetUtcNow())]);
        rows[1].Fingerprint.ShouldBe(rows[0].Fingerprint, "both score the same snapshot");
        rows[1].Points.ShouldBe(rows[0].Points);
        rows[1].Sql!.Value.ShouldBeLessThan(rows[0].Sql!.Value);
        (await Operations.LastScores.FindAsync("s1"))!.Score.ShouldBe(rows[0].Score!.Value, "events and the call list go by the champion");
    }

    [Fact]
    public async Task Lead_WhosePersonObjects_HasNoProbabilitiesOfTheChallengerEither()
    {
        await ChallengeAsync(SmallModels.Draft(intercept: -3, scorecard: ScorecardDefinition.Default.Yaml));

        IReadOnlyList<LoggedScore> rows = await RescoreAsync("objects");

        rows.Select(row => row.Role).ShouldBe(["champion", "challenger"]);
        rows.ShouldAllBe(row => row.Score == null && row.Grade == null && row.Sql == null && row.Close == null && row.Points == null && row.Fingerprint == "");
    }

    [Fact]
    public async Task Challenger_ThatFails_StopsNoRescoring()
    {
        LeadPredictApiOptions options = _api.Services.GetRequiredService<LeadPredictApiOptions>();
        ServedModels gone = new(options, _api.Services.GetRequiredService<ILogger<ServedModels>>());
        gone.Dispose();
        ChallengerShadow failing = new(gone, _api.Services.GetRequiredService<ILogger<ChallengerShadow>>());

        IReadOnlyList<LoggedScore> rows = await RescoreAsync("s1", new(options, _api.Services.GetRequiredService<ServedModels>(), failing, new(), _api.Services.GetRequiredService<LeftOutLeads>()));

        rows.ShouldHaveSingleItem().Role.ShouldBe("champion");
        _api.Log.Lines.ShouldContain(line => line.Contains("The challenger of small failed", StringComparison.Ordinal));
    }

    private async Task ChallengeAsync(ArtifactDraft draft)
    {
        await _api.Repository.PromoteAsync("small", await _api.Repository.PublishAsync(draft), ModelAlias.Challenger);
        _api.Refresh();
    }

    /// <summary>Rescores a lead; its rows of the log, the oldest first.</summary>
    private async Task<IReadOnlyList<LoggedScore>> RescoreAsync(string lead, Rescorer? rescorer = null)
    {
        rescorer ??= _api.Services.GetRequiredService<Rescorer>();
        (await rescorer.ScoreAsync([lead], withColleagues: false, CancellationToken.None)).ShouldBe(1);
        return [.. (await Operations.Scores.OfLeadAsync(lead, 10)).Reverse()];
    }
}
