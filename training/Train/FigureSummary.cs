using System.Text.Json.Serialization;
using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Training.Train;

/// <summary>The figures that <c>--json</c> prints flat, as others read them: plain numbers, with their 95 % intervals beside; null where the rows leave a figure open.</summary>
internal sealed record FigureSummary(
    int N,
    int Positives,
    double BaseRate,
    double? LogLoss,
    double? Brier,
    double? Ece,
    double? Auc,
    double? PrAuc,
    double? CalibrationSlope,
    double? CalibrationIntercept,
    double? LiftAt10,
    double? LiftAt20,
    double? PrecisionAt10,
    double? PrecisionAt20,
    IReadOnlyDictionary<string, double?[]> Intervals)
{
    /// <summary>Where the rows are not like those learnt from; null where that is not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    public static FigureSummary? Of(EvaluationReport? report) => report is null ? null : new(
        report.N,
        report.Positives,
        report.BaseRate,
        Known(report.LogLoss.Value),
        Known(report.Brier.Value),
        Known(report.Ece.Value),
        Known(report.Auc.Value),
        Known(report.PrAuc.Value),
        Known(report.CalibrationSlope.Value),
        Known(report.CalibrationIntercept.Value),
        Known(report.LiftAt10.Value),
        Known(report.LiftAt20.Value),
        Known(report.PrecisionAt10.Value),
        Known(report.PrecisionAt20.Value),
        new SortedDictionary<string, double?[]>(StringComparer.Ordinal)
        {
            ["auc"] = Ends(report.Auc),
            ["brier"] = Ends(report.Brier),
            ["ece"] = Ends(report.Ece),
            ["logLoss"] = Ends(report.LogLoss),
        });

    private static double?[] Ends(Metric metric) => [Known(metric.Low), Known(metric.High)];

    /// <summary>A figure that the rows leave open, such as the AUC of rows of one class, is null: JSON has no NaN.</summary>
    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
