using System.Globalization;
using LeadPredict.Artifacts.Cards;
using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Training.Train;

/// <summary>An evaluation's figures in the order that people read them.</summary>
internal static class FigureLines
{
    /// <summary>Names and figures, for cards and tables.</summary>
    public static IReadOnlyList<(string Name, Metric Value)> Of(EvaluationReport report) =>
    [
        ("log loss", report.LogLoss),
        ("Brier score", report.Brier),
        ("ECE", report.Ece),
        ("ECE by chance", new(report.EceByChance ?? double.NaN, double.NaN, double.NaN)),
        ("calibration slope", report.CalibrationSlope),
        ("calibration intercept", report.CalibrationIntercept),
        ("AUC", report.Auc),
        ("PR-AUC", report.PrAuc),
        ("lift at 10 %", report.LiftAt10),
        ("lift at 20 %", report.LiftAt20),
        ("precision at 10 %", report.PrecisionAt10),
        ("precision at 20 %", report.PrecisionAt20),
    ];

    /// <summary>The same for a model card.</summary>
    public static ModelCardFigures Card(string title, EvaluationReport report) => new(
        title,
        [
            new("leads", report.N, IsCount: true),
            new("converted", report.Positives, IsCount: true),
            new("base rate", report.BaseRate),
            .. Of(report).Select(figure => new ModelCardFigure(figure.Name, figure.Value.Value, Known(figure.Value.Low), Known(figure.Value.High))),
        ]);

    /// <summary>One line: the five figures that matter most.</summary>
    public static string Line(string title, EvaluationReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{title}: n {report.N}, base rate {report.BaseRate:P1}, log loss {report.LogLoss.Value:F4}, Brier {report.Brier.Value:F4}, ECE {report.Ece.Value:F4} ({report.EceByChance:F4} by chance), AUC {report.Auc.Value:F4}");

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
