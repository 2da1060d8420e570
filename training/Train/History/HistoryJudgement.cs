using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Training.Train.History;

/// <summary>Model and rules on the same later leads, for each probability that the funnel knows.</summary>
internal sealed record HistoryJudgement
{
    public QuestionJudgement? Sql { get; init; }

    public QuestionJudgement? Close { get; init; }

    /// <summary>P(close), or the one probability there is, of the later leads: what the 0 to 100 score is a percentile of.</summary>
    public required double[] ScoreQuantiles { get; init; }

    /// <summary>The question the verdict is about: what the funnel ends with, unless too few of the later leads converted to tell.</summary>
    public QuestionJudgement Main => Close ?? Sql!;

    public static HistoryJudgement Of(FunnelDefinition funnel, TrainedChain chain, HistoryExamples examples, int seed)
    {
        double Final(HistoryRow row) => funnel.Close is null ? ChainScores.Sql(chain, row) : ChainScores.Close(chain, row);
        HistoryRow[] reference = [.. examples.Test.Where(row => row.IsEntry)];
        return new()
        {
            Sql = funnel.Qualify is null ? null : QuestionJudgement.Of(
                "P(SQL)", examples, row => row.Qualified, row => ChainScores.Sql(chain, row), seed),
            Close = funnel.Close is null ? null : QuestionJudgement.Of(
                "P(close)", examples, row => row.Closed, row => ChainScores.Close(chain, row), seed),
            ScoreQuantiles = Quantiles([.. reference.Select(Final)]),
        };
    }

    /// <summary>The 0th to 100th percentiles.</summary>
    private static double[] Quantiles(double[] values)
    {
        if (values.Length == 0)
        {
            return [.. Enumerable.Range(0, 101).Select(percent => percent / 100.0)];
        }

        Array.Sort(values);
        return [.. Enumerable.Range(0, 101).Select(percent => values[(int)Math.Round(percent / 100.0 * (values.Length - 1), MidpointRounding.AwayFromZero)])];
    }
}

/// <summary>One probability judged: the model's figures, the rules' and their comparison.</summary>
internal sealed record QuestionJudgement(string Name, CalibrationCurve PointsCurve, ComparisonReport Comparison)
{
    public EvaluationReport Model => Comparison.Model;

    public EvaluationReport Rules => Comparison.Scorecard;

    /// <summary>The entry rows of the test side for which the question is decided; null when there are none.</summary>
    public static QuestionJudgement? Of(
        string name, HistoryExamples examples, Func<HistoryRow, Decided?> label, Func<HistoryRow, double> model, int seed)
    {
        HistoryRow[] rows = [.. examples.Test.Where(row => row.IsEntry && label(row) is not null)];
        if (rows.Length == 0)
        {
            return null;
        }

        CalibrationCurve curve = History.PointsCurve.Fit(examples.Train, label, seed);
        return new(name, curve, ModelComparison.Compare(
            new()
            {
                Labels = [.. rows.Select(row => label(row)!.Value.Converted ? (byte)1 : (byte)0)],
                ModelProbabilities = [.. rows.Select(model)],
                ScorecardPoints = [.. rows.Select(row => row.Points)],
                ScorecardProbabilities = [.. rows.Select(row => curve.Probability(row.Points))],
                Groups = [.. rows.Select(row => row.Group)],
                LeadIds = [.. rows.Select(row => row.LeadId)],
            },
            seed));
    }
}
