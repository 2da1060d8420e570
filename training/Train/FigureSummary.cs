using System.Text.Json.Serialization;
using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Training.Train;

/// <summary>The figures that <c>--json</c> prints flat, as others read them: plain numbers, with 95 % intervals beside; NaN where the rows leave a figure open, which prints as null.</summary>
internal sealed record FigureSummary(
    int N,
    int Positives,
    double BaseRate,
    double LogLoss,
    double Brier,
    double Ece,
    double? EceByChance,
    double Auc,
    double PrAuc,
    double CalibrationSlope,
    double CalibrationIntercept,
    double LiftAt10,
    double LiftAt20,
    double PrecisionAt10,
    double PrecisionAt20,
    IReadOnlyDictionary<string, double[]> Intervals)
{
    /// <summary>What was measured; null where it stands elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeasuredModel? Model { get; init; }

    /// <summary>Where the rows are not like those learnt from; null where that is not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    public static FigureSummary? Of(EvaluationReport? report) => report is null ? null : new(
        report.N,
        report.Positives,
        report.BaseRate,
        report.LogLoss.Value,
        report.Brier.Value,
        report.Ece.Value,
        report.EceByChance,
        report.Auc.Value,
        report.PrAuc.Value,
        report.CalibrationSlope.Value,
        report.CalibrationIntercept.Value,
        report.LiftAt10.Value,
        report.LiftAt20.Value,
        report.PrecisionAt10.Value,
        report.PrecisionAt20.Value,
        new SortedDictionary<string, double[]>(StringComparer.Ordinal)
        {
            ["auc"] = Ends(report.Auc),
            ["brier"] = Ends(report.Brier),
            ["calibrationIntercept"] = Ends(report.CalibrationIntercept),
            ["calibrationSlope"] = Ends(report.CalibrationSlope),
            ["liftAt10"] = Ends(report.LiftAt10),
            ["liftAt20"] = Ends(report.LiftAt20),
            ["logLoss"] = Ends(report.LogLoss),
            ["prAuc"] = Ends(report.PrAuc),
            ["precisionAt10"] = Ends(report.PrecisionAt10),
            ["precisionAt20"] = Ends(report.PrecisionAt20),
        });

    private static double[] Ends(Metric metric) => [metric.Low, metric.High];
}
