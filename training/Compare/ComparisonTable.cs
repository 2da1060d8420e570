using System.Globalization;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Scoring.Comparison;
using LeadPredict.Training.Hosting;
using Spectre.Console;

namespace LeadPredict.Training.Compare;

/// <summary>The comparison as a sales leader reads it: figures, conversion by score band, where the two disagree, the verdict.</summary>
internal static class ComparisonTable
{
    public static void Print(ConsoleHost host, string model, StoredComparison comparison)
    {
        foreach ((string name, ComparisonReport report) in comparison.Questions())
        {
            host.Render(Figures($"{model}: which leads {name} ({report.N} later leads, {report.Converted} did)", "model", report.Model, "scorecard", report.Scorecard, "difference", report.Difference));
            host.Render(Bands(report));
            host.Render(Quadrants(report));
            host.Out.WriteLine(report.Disagreement.Sentence);
            host.Out.WriteLine();
        }

        host.Out.WriteLine(comparison.Verdict);
    }

    /// <summary>Challenger against champion.</summary>
    public static void PrintAgainst(ConsoleHost host, string model, StoredComparison challenger, ChampionBeside beside)
    {
        ChallengerReport?[] reports = [beside.Against.Sql, beside.Against.Close];
        foreach (((string name, ComparisonReport first), (_, ComparisonReport second), ChallengerReport against) in
            challenger.Questions().Zip(beside.Champion.Questions(), reports.OfType<ChallengerReport>()))
        {
            host.Render(Figures(
                $"{model}: which leads {name}, challenger against champion ({against.N} later leads, {against.Converted} did)",
                "challenger", first.Model, "champion", second.Model, "challenger minus champion", against.Difference));
        }

        host.Out.WriteLine(beside.Against.Verdict);
    }

    private static Table Figures(string title, string nameA, EvaluationReport a, string nameB, EvaluationReport b, string nameDifference, PairedReport difference)
    {
        var table = new Table().Title(Markup.Escape(title))
            .AddColumn("").AddColumn(nameA).AddColumn(nameB).AddColumn($"{nameDifference} (95 % interval)").AddColumn("better is");
        Row(table, "log loss", a.LogLoss, b.LogLoss, difference.LogLoss, "lower");
        Row(table, "ECE", a.Ece, b.Ece, null, "lower");
        table.AddRow("ECE by chance", Number(a.EceByChance ?? double.NaN), Number(b.EceByChance ?? double.NaN), "", "");
        Row(table, "AUC", a.Auc, b.Auc, difference.Auc, "higher");
        Row(table, "lift in the best 10 %", a.LiftAt10, b.LiftAt10, difference.LiftAt10, "higher");
        Row(table, "lift in the best 20 %", a.LiftAt20, b.LiftAt20, difference.LiftAt20, "higher");
        Row(table, "converted of the best 10 %", a.PrecisionAt10, b.PrecisionAt10, difference.PrecisionAt10, "higher");
        Row(table, "converted of the best 20 %", a.PrecisionAt20, b.PrecisionAt20, difference.PrecisionAt20, "higher");
        return table;
    }

    private static void Row(Table table, string name, Metric a, Metric b, Metric? difference, string better) => table.AddRow(
        name,
        Number(a.Value),
        Number(b.Value),
        difference is null ? "" : $"{Number(difference.Value)} ({Number(difference.Low)} to {Number(difference.High)})",
        better);

    private static Table Bands(ComparisonReport report)
    {
        var table = new Table().Title("converted by score band, highest to lowest")
            .AddColumn("band").AddColumn("model: leads").AddColumn("converted").AddColumn("scorecard: leads").AddColumn("converted");
        for (int i = 0; i < Math.Max(report.Model.Bands.Count, report.Scorecard.Bands.Count); i++)
        {
            ScoreBand? model = report.Model.Bands.ElementAtOrDefault(i);
            ScoreBand? rules = report.Scorecard.Bands.ElementAtOrDefault(i);
            table.AddRow((i + 1).ToString(CultureInfo.InvariantCulture), Leads(model), Rate(model?.Rate), Leads(rules), Rate(rules?.Rate));
        }

        return table;
    }

    private static Table Quadrants(ComparisonReport report)
    {
        var table = new Table().Title("where they agree and disagree").AddColumn("model").AddColumn("scorecard").AddColumn("leads").AddColumn("converted");
        foreach (DisagreementQuadrant quadrant in report.Disagreement.Quadrants)
        {
            table.AddRow(
                quadrant.ModelIsHigh ? "high" : "low",
                quadrant.RulesAreHigh ? "high" : "low",
                quadrant.N.ToString(CultureInfo.InvariantCulture),
                Rate(quadrant.Rate));
        }

        return table;
    }

    private static string Leads(ScoreBand? band) => band is null ? "-" : band.N.ToString(CultureInfo.InvariantCulture);

    private static string Rate(double? rate) => rate is { } known ? known.ToString("P1", CultureInfo.InvariantCulture) : "-";

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("F3", CultureInfo.InvariantCulture);
}
