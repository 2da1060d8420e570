using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Scoring.Tests.Comparison;

public sealed class CaptureTests
{
    [Theory]
    [InlineData(40, 1)]
    [InlineData(250, 2)]
    [InlineData(1733, 3)]
    public void Capture_AtEveryStep_IsTheBruteForceCount(int leads, int seed)
    {
        ComparisonRows rows = Rows(leads, seed);
        CaptureReport capture = ModelComparison.Compare(rows, seed: 1, resamples: 2).Capture!;

        capture.Called[0].ShouldBe(0);
        capture.Called[^1].ShouldBe(leads);
        capture.Called.Length.ShouldBe(Math.Min(leads, 250) + 1);
        for (int step = 0; step < capture.Called.Length; step++)
        {
            int called = capture.Called[step];
            capture.Model[step].ShouldBe(Count(rows.ModelProbabilities, rows.Labels, called), 1e-9);
            capture.Rules[step].ShouldBe(Count(rows.ScorecardPoints, rows.Labels, called), 1e-9);
            capture.ModelRevenue![step].ShouldBe(Count(rows.ModelProbabilities, [.. rows.Amounts!.Select(amount => double.IsNaN(amount) ? 0 : amount)], called), 1e-6);
            double difference = capture.Model[step] - capture.Rules[step];
            capture.DifferenceLow[step].ShouldBeLessThanOrEqualTo(difference + 1e-9);
            capture.DifferenceHigh[step].ShouldBeGreaterThanOrEqualTo(difference - 1e-9);
        }

        capture.Both[^1].ShouldBe(rows.Labels.Count(label => label == 1), 1e-9);
        capture.StepOf(0).ShouldBe(0);
        capture.StepOf(1e9).ShouldBe(capture.Called.Length - 1);
        capture.Called[capture.StepOf(33.5)].ShouldBeLessThanOrEqualTo(33);
    }

    /// <summary>Score by score from the top; of equal scores at the edge each lead has the same chance to be called.</summary>
    private static double Count(double[] scores, double[] values, int called)
    {
        double sum = 0;
        foreach (IGrouping<double, int> equals in Enumerable.Range(0, scores.Length).GroupBy(row => scores[row]).OrderByDescending(group => group.Key))
        {
            double share = Math.Min(1, called / (double)equals.Count());
            sum += share * equals.Sum(row => values[row]);
            called = Math.Max(0, called - equals.Count());
        }

        return sum;
    }

    private static double Count(double[] scores, byte[] labels, int called) => Count(scores, [.. labels.Select(label => (double)label)], called);

    [Fact]
    public void Interval_OfTheDifference_IsThatOfABootstrapOfAccounts()
    {
        ComparisonRows rows = Rows(600, 4);
        CaptureReport capture = ModelComparison.Compare(rows, seed: 1, resamples: 2).Capture!;
        int step = capture.StepOf(120);
        double[] shares = [.. Enumerable.Range(0, 600).Select(row =>
            rows.Labels[row] * (Share(rows.ModelProbabilities, row, capture.Called[step]) - Share(rows.ScorecardPoints, row, capture.Called[step])))];
        double[][] groups = [.. Enumerable.Range(0, 600).GroupBy(row => rows.Groups[row]).Select(group => group.Select(row => shares[row]).ToArray())];
        Random random = new(9);
        double[] drawn = [.. Enumerable.Range(0, 4000).Select(_ => Enumerable.Range(0, groups.Length).Sum(_ => groups[random.Next(groups.Length)].Sum())).Order()];

        capture.DifferenceLow[step].ShouldBe(drawn[100], 1.5);
        capture.DifferenceHigh[step].ShouldBe(drawn[3900], 1.5);
    }

    /// <summary>Accounts without a win are drawn too. Of three wins that only one list catches, as many for the other would be no wonder (two-sided p 0.25).</summary>
    [Theory]
    [InlineData(3, -6.4, 0.4)]
    [InlineData(1, -3, 1)]
    public void Interval_OfWinsThatOnlyTheRulesCatch_IsOverAllAccounts(int wins, double low, double high)
    {
        const int Leads = 200;
        double[] model = [.. Enumerable.Range(0, Leads).Select(row => row < wins ? 0.01 : 0.02 + (0.004 * row))];
        double[] points = [.. Enumerable.Range(0, Leads).Select(row => (double)-row)];
        ComparisonRows rows = new()
        {
            Labels = [.. Enumerable.Range(0, Leads).Select(row => row < wins ? (byte)1 : (byte)0)],
            ModelProbabilities = model,
            ScorecardPoints = points,
            ScorecardProbabilities = [.. points.Select(point => 0.5 + (point / 500))],
            Groups = [.. Enumerable.Range(0, Leads)],
            LeadIds = [.. Enumerable.Range(0, Leads).Select(row => $"l{row}")],
        };

        CaptureReport capture = ModelComparison.Compare(rows, seed: 1, resamples: 2).Capture!;

        int step = capture.StepOf(20);
        (capture.Model[step], capture.Rules[step]).ShouldBe((0.0, wins));
        (Math.Round(capture.DifferenceLow[step], 1), Math.Round(capture.DifferenceHigh[step], 1)).ShouldBe((low, high));
    }

    [Fact]
    public void Segments_WhereTheRulesAreBetter_SayThatTheyWin()
    {
        ComparisonRows rows = Rows(1200, 5);
        string[] source = [.. Enumerable.Range(0, 1200).Select(row => row % 2 == 0 ? "webinar" : row % 400 == 1 ? "rare" : "ads")];
        double[] model = [.. rows.ModelProbabilities.Select((probability, row) => source[row] == "webinar" ? 1 - probability : probability)];

        ComparisonReport report = ModelComparison.Compare(
            rows with { ModelProbabilities = model, Segments = new Dictionary<string, string[]> { ["source"] = source } }, seed: 1, resamples: 200);

        SegmentComparison segment = report.Segments.ShouldHaveSingleItem();
        segment.Groups.Select(group => (group.Name, group.N, group.Verdict)).ShouldBe(
            [("ads", 597, Verdict.ModelWins), ("webinar", 600, Verdict.RulesWin)], ignoreOrder: true);
    }

    private static double Share(double[] scores, int row, int called)
    {
        int above = scores.Count(score => score > scores[row]);
        return Math.Clamp((called - above) / (double)scores.Count(score => score == scores[row]), 0, 1);
    }

    private static ComparisonRows Rows(int leads, int seed)
    {
        Random random = new(seed);
        double[] truth = [.. Enumerable.Range(0, leads).Select(_ => random.NextDouble() * 0.8)];
        byte[] labels = [.. truth.Select(p => random.NextDouble() < p ? (byte)1 : (byte)0)];
        double[] points = [.. truth.Select(p => Math.Round((p * 10) + (6 * random.NextDouble())))];
        return new()
        {
            Labels = labels,
            ModelProbabilities = truth,
            ScorecardPoints = points,
            ScorecardProbabilities = [.. points.Select(p => Math.Clamp(p / 20, 0.01, 0.99))],
            Groups = [.. Enumerable.Range(0, leads).Select(row => row / 2)],
            LeadIds = [.. Enumerable.Range(0, leads).Select(row => $"l{row}")],
            Amounts = [.. labels.Select(label => label == 1 && random.Next(5) > 0 ? random.Next(1000) : double.NaN)],
            Currency = "EUR",
            Days = 70,
        };
    }
}
