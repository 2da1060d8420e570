using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;

namespace LeadPredict.Training.Train.History;

/// <summary>What a served score is measured against.</summary>
internal sealed record ServedScale
{
    /// <summary>P(close), or the one probability there is, of the later leads: what the 0 to 100 score is a percentile of.</summary>
    public required double[] ScoreQuantiles { get; init; }

    /// <summary>The rules' points as P(SQL), or null where the funnel does not date that step.</summary>
    public CalibrationCurve? PointsToSql { get; init; }

    /// <summary>The rules' points as P(close), or null where wins are not known.</summary>
    public CalibrationCurve? PointsToClose { get; init; }

    public static ServedScale Of(FunnelDefinition funnel, TrainedChain chain, HistoryExamples examples, int seed)
    {
        double Final(HistoryRow row) => funnel.Close is null ? ChainScores.Sql(chain, row) : ChainScores.Close(chain, row);
        IEnumerable<HistoryRow> reference = examples.Decided.Where(row => row.IsEntry && row.AsOf >= examples.TestStart);
        return new()
        {
            ScoreQuantiles = Percentiles.Of(reference.Select(Final)),
            PointsToSql = funnel.Qualify is null ? null : PointsCurve.Fit(examples.Decided, row => row.Qualified, seed),
            PointsToClose = funnel.Close is null ? null : PointsCurve.Fit(examples.Decided, row => row.Closed, seed, funnel.Qualify is null ? null : row => row.Qualified),
        };
    }
}
