using System.Text.Json;
using LeadPredict.Storage;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.ScoreLog;

/// <summary>Leads that are read as one have one history of scores, by whichever identifier it is asked for.</summary>
public sealed class ScoresOfMergedLeads : StoredLeads
{
    [Theory]
    [InlineData("ann")]
    [InlineData("ann-2")]
    [InlineData("visitor")]
    public async Task Scores_OfALeadThatWasMerged_AreThoseOfAllItsIdentifiers(string asked)
    {
        await History.AppendAsync(new HistoryBatch
        {
            Leads = [.. new[] { "ann", "ann-2", "bob" }.Select(id => new LeadBuilder(id).Build().Lead)],
            Aliases = [new("visitor", "ann-2")],
        });
        await MergeStores.Of(History).MergeAsync([new(MergeKind.Lead, "ann", "ann-2", "same person")], Day.At(4));
        await Operations.Scores.AppendAsync([Score("ann", 1), Score("bob", 2), Score("ann-2", 3), Score("ann", 4), Score("ann-2", 5), Score("visitor", 2)]);
        await using ApiHost api = await ApiHost.StartAsync(History, change: options => options with { Operations = Operations });

        (int status, JsonElement scores) = await api.GetAsync($"/v1/leads/{asked}/scores");

        status.ShouldBe(200, scores.GetRawText());
        string[] named = asked == "visitor" ? ["2 visitor"] : [];
        scores.EnumerateArray().Select(score => $"{score.GetProperty("score")} {score.GetProperty("leadId").GetString()}")
            .ShouldBe(["5 ann-2", "4 ann", "3 ann-2", .. named, "1 ann"]);
    }

    private static LoggedScore Score(string lead, int day) => GivenScores.Row(lead) with { At = Day.At(day), AsOf = Day.At(day), Score = day };
}
