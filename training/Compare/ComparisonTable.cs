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
            host.Render(Figures($"{model}: which leads {name} ({report.N} later leads, {report.Converted} did)", report));
            host.Render(Bands(report));
            host.Render(Quadrants(report));
            host.Out.WriteLine(report.Disagreement.Sentence);
            host.Out.WriteLine();
        }

        host.Out.WriteLine(comparison.Verdict);
    }

    private static Table Figures(string title, ComparisonReport report)
    {
        var table = new Table().Title(Markup.Escape(title))
            .AddColumn("").AddColumn("model").AddColumn("scorecard").AddColumn("difference (95 % interval)").AddColumn("better is");
        Row(table, "log loss", report.Model.LogLoss, report.Scorecard.LogLoss, report.Difference.LogLoss, "lower");
        Row(table, "ECE", report.Model.Ece, report.Scorecard.Ece, null, "lower");
        Row(table, "AUC", report.Model.Auc, report.Scorecard.Auc, report.Difference.Auc, "higher");
        Row(table, "lift in the best 10 %", report.Model.LiftAt10, report.Scorecard.LiftAt10, report.Difference.LiftAt10, "higher");
        Row(table, "lift in the best 20 %", report.Model.LiftAt20, report.Scorecard.LiftAt20, report.Difference.LiftAt20, "higher");
        Row(table, "converted of the best 10 %", report.Model.PrecisionAt10, report.Scorecard.PrecisionAt10, report.Difference.PrecisionAt10, "higher");
        Row(table, "converted of the best 20 %", report.Model.PrecisionAt20, report.Scorecard.PrecisionAt20, report.Difference.PrecisionAt20, "higher");
        return table;
    }

    private static void Row(Table table, string name, Metric model, Metric rules, Metric? difference, string better) => table.AddRow(
        name,
        Number(model.Value),
        Number(rules.Value),
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
