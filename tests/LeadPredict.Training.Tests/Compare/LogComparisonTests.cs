using System.Globalization;
using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;
using LeadPredict.Training.Tests.Scaling;

namespace LeadPredict.Training.Tests.Compare;

/// <summary>The committed champion's answers of one day, judged by a simulated history that goes on after it.</summary>
public sealed class LogComparisonTests(ExportedHistory history) : IClassFixture<ExportedHistory>
{
    private static readonly string Models = SharedFiles.Repository("models");

    private static readonly DateTimeOffset[] Days = [.. new[] { 3, 5, 7, 9 }.Select(month => new DateTimeOffset(2024, month, 1, 0, 0, 0, TimeSpan.Zero))];

    [Fact]
    public async Task LoggedScores_AreJudgedByWhatHappenedSince()
    {
        List<LoggedScore> scores = [];
        foreach (DateTimeOffset asOf in Days)
        {
            string answers = history.At("answers.ndjson");
            (await ConsoleRun.Of("score", "--models", Models, "--model", "leads", "--store", history.Store, "--as-of", $"{asOf:yyyy-MM-dd}", "--out", answers)).ExitCode.ShouldBe(0);
            scores.AddRange(File.ReadLines(answers).Select(line => Logged(JsonDocument.Parse(line).RootElement, asOf)));
        }

        await AppendAsync(scores);

        JsonElement judged = (await ConsoleRun.Of("compare", "--from-log", "--models", Models, "--model", "leads", "--store", history.Store, "--json")).Json;

        // A lead that is open on several of the days counts once for each of its episodes.
        LoggedScore[] open = [.. scores.Where(score => score.Stage is "MarketingQualified" or "SalesAccepted")];
        judged.GetProperty("logged").GetInt32().ShouldBe(scores.Count);
        judged.GetProperty("sql").GetProperty("n").GetInt32().ShouldBeInRange(open.DistinctBy(score => score.LeadId).Count(), open.Length);
        judged.GetProperty("sql").GetProperty("converted").GetInt32().ShouldBeGreaterThan(10);
        judged.GetProperty("sql").GetProperty("model").GetProperty("auc").GetProperty("value").GetDouble().ShouldBeGreaterThan(0.55, "any score for all would be 0.5");

        await QuadrantsByHandAsync(scores, judged.GetProperty("sql"));

        await AppendAsync(
        [
            // Asked for when all was known, of the same episodes, and first in them.
            .. scores.Select(score => score with { At = score.At.AddYears(1), AsOf = score.AsOf.AddHours(-1), Sql = 0.999, Close = 0.999 }),

            // Given before anybody knew that the lead was there to be qualified.
            .. scores.Select(score => score with { At = score.At.AddYears(-3), AsOf = score.AsOf.AddYears(-3), Stage = "Lead", Sql = 0.999, Close = 0.999 }),
        ]);
        JsonElement again = (await ConsoleRun.Of("compare", "--from-log", "--models", Models, "--model", "leads", "--store", history.Store, "--json")).Json;
        again.GetProperty("sql").GetRawText().ShouldBe(judged.GetProperty("sql").GetRawText());
        again.GetProperty("close").GetRawText().ShouldBe(judged.GetProperty("close").GetRawText());
        again.GetProperty("model").GetRawText().ShouldContain("\"version\": null");
        int version = scores[0].Version;
        JsonElement alone = (await ConsoleRun.Of("compare", "--from-log", "--models", Models, "--model", $"leads@{version}", "--store", history.Store, "--json")).Json;
        alone.GetProperty("model").GetProperty("version").GetInt32().ShouldBe(version);
        alone.GetProperty("sql").GetRawText().ShouldBe(judged.GetProperty("sql").GetRawText());

        ConsoleRun none = await ConsoleRun.Of("compare", "--from-log", "--challenger", "--models", Models, "--model", "leads", "--store", history.Store);
        none.ExitCode.ShouldBe(1);
        none.Error.ShouldContain("no scores of leads as challenger");
    }

    private async Task AppendAsync(IReadOnlyList<LoggedScore> scores)
    {
        await using OperationsStore operations = await OperationsStore.OpenAsync(history.Store, create: false);
        await operations.Scores.AppendAsync(scores);
    }

    /// <summary>Counts the quadrants from the log's rows and the history alone: a loop over leads and moves, and two sorted lists.</summary>
    private async Task QuadrantsByHandAsync(List<LoggedScore> scores, JsonElement judged)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(history.Store, create: false);
        DateTimeOffset end = (await store.SummarizeAsync()).LastRecordedAt!.Value.AddMicroseconds(1);
        TimeSpan horizon = FunnelDefinition.Default.Qualify!.Horizon;
        if (await store.GetFunnelAsync() is { Qualify: { } qualify })
        {
            horizon = qualify.Horizon;
        }

        List<(double Model, double Points, bool Converted)> rows = [];
        foreach (IGrouping<string, LoggedScore> of in scores.Where(score => score.Stage is "MarketingQualified" or "SalesAccepted").GroupBy(score => score.LeadId))
        {
            LeadHistory lead = (await store.FindAccountOfLeadAsync(of.Key))!.Leads.Single(one => one.Lead.Id == of.Key);
            var episodes = new HashSet<string>();
            foreach (LoggedScore score in of.OrderBy(score => score.AsOf))
            {
                // The episode goes on until the lead stands neither as MQL nor as SAL.
                StageTransition? left = lead.Transitions.FirstOrDefault(move => move.OccurredAt >= score.AsOf && move.To is not (Stage.MarketingQualified or Stage.SalesAccepted));
                if (!episodes.Add(left?.Id ?? "") || score.AsOf + horizon > end)
                {
                    continue;
                }

                rows.Add((score.Sql!.Value, score.Points!.Value, left?.To is Stage.SalesQualified or Stage.Opportunity or Stage.Won && left.OccurredAt < score.AsOf + horizon));
            }
        }

        judged.GetProperty("n").GetInt32().ShouldBe(rows.Count);
        judged.GetProperty("converted").GetInt32().ShouldBe(rows.Count(row => row.Converted));
        (double model, double points) = (Edge([.. rows.Select(row => row.Model)]), Edge([.. rows.Select(row => row.Points)]));
        foreach (JsonElement quadrant in judged.GetProperty("disagreement").GetProperty("quadrants").EnumerateArray())
        {
            var held = rows.Where(row => row.Model >= model == quadrant.GetProperty("modelIsHigh").GetBoolean() && row.Points >= points == quadrant.GetProperty("rulesAreHigh").GetBoolean()).ToList();
            (quadrant.GetProperty("n").GetInt32(), quadrant.GetProperty("converted").GetInt32()).ShouldBe((held.Count, held.Count(row => row.Converted)), quadrant.GetRawText());
        }
    }

    /// <summary>The lowest score that is high: a fifth of the list, ties taken or left as a whole, whichever is nearer to a fifth.</summary>
    private static double Edge(double[] scores) => scores.Distinct().MinBy(edge => (Math.Abs(scores.Count(score => score >= edge) - (0.2 * scores.Length)), -edge));

    private static LoggedScore Logged(JsonElement answer, DateTimeOffset asOf)
    {
        JsonElement model = answer.GetProperty("model");
        double? Probability(string name) => answer.GetProperty("probabilities").GetProperty(name) is { ValueKind: JsonValueKind.Object } known ? known.GetProperty("value").GetDouble() : null;
        return new()
        {
            At = asOf,
            AsOf = asOf,
            LeadId = answer.GetProperty("leadId").GetString()!,
            Model = model.GetProperty("name").GetString()!,
            Version = model.GetProperty("version").GetInt32(),
            Hash = model.GetProperty("hash").GetString()!,
            Role = "champion",
            Origin = "served",
            Fingerprint = "",
            Stage = answer.GetProperty("stage").GetString()!,
            Score = answer.GetProperty("score").GetInt32(),
            Grade = "A",
            Points = double.Parse(answer.GetProperty("scorecard").GetProperty("points").GetRawText(), CultureInfo.InvariantCulture),
            Sql = Probability("sql"),
            Close = Probability("close"),
            NextStage = "",
            NextAction = "",
        };
    }
}
