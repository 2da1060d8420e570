using System.Globalization;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Training.Hosting;
using Spectre.Console;

namespace LeadPredict.Training.Train;

/// <summary>An evaluation as a table with its intervals.</summary>
internal static class FigureTable
{
    public static void Print(ConsoleHost host, string title, EvaluationReport report)
    {
        var table = new Table().Title(Markup.Escape(title)).AddColumn("figure").AddColumn("value").AddColumn("95 % interval");
        table.AddRow("rows", report.N.ToString(CultureInfo.InvariantCulture), "");
        table.AddRow("base rate", report.BaseRate.ToString("P1", CultureInfo.InvariantCulture), "");
        foreach ((string name, Metric metric) in FigureLines.Of(report))
        {
            table.AddRow(name, Number(metric.Value), double.IsNaN(metric.Low) ? "-" : $"{Number(metric.Low)} to {Number(metric.High)}");
        }

        host.Render(table);
    }

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("F4", CultureInfo.InvariantCulture);
}
