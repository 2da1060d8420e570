using System.Globalization;
using System.Text.Json;
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

        await using (OperationsStore operations = await OperationsStore.OpenAsync(history.Store, create: false))
        {
            await operations.Scores.AppendAsync(scores);
        }

        JsonElement judged = (await ConsoleRun.Of("compare", "--from-log", "--models", Models, "--model", "leads", "--store", history.Store, "--json")).Json;

        // A lead that is open on several of the days counts once for each of its episodes.
        LoggedScore[] open = [.. scores.Where(score => score.Stage is "MarketingQualified" or "SalesAccepted")];
        judged.GetProperty("logged").GetInt32().ShouldBe(scores.Count);
        judged.GetProperty("sql").GetProperty("n").GetInt32().ShouldBeInRange(open.DistinctBy(score => score.LeadId).Count(), open.Length);
        judged.GetProperty("sql").GetProperty("converted").GetInt32().ShouldBeGreaterThan(10);
        judged.GetProperty("sql").GetProperty("model").GetProperty("auc").GetProperty("value").GetDouble().ShouldBeGreaterThan(0.55, "any score for all would be 0.5");

        ConsoleRun none = await ConsoleRun.Of("compare", "--from-log", "--challenger", "--models", Models, "--model", "leads", "--store", history.Store);
        none.ExitCode.ShouldBe(1);
        none.Error.ShouldContain("no scores of leads as challenger");
    }

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
