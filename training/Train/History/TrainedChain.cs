using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Training;

namespace LeadPredict.Training.Train.History;

/// <summary>The links of the chain as learnt; links that the funnel does not have are null.</summary>
internal sealed record TrainedChain
{
    /// <summary>P(SQL).</summary>
    public TrainedModel? Sql { get; init; }

    /// <summary>P(close | SQL).</summary>
    public TrainedModel? CloseGivenSql { get; init; }

    /// <summary>P(close) where the chain has one link.</summary>
    public TrainedModel? Close { get; init; }

    /// <summary>Corrects the product of the two links by what whole cohorts really did; over its log-odds.</summary>
    public CalibrationCurve? CloseRecalibration { get; init; }

    /// <summary>The links by the names that people read.</summary>
    public IEnumerable<(string Name, TrainedModel Model)> Links()
    {
        if (Sql is not null)
        {
            yield return (ProbabilityName.Sql, Sql);
        }

        if (CloseGivenSql is not null)
        {
            yield return (ProbabilityName.CloseGivenSql, CloseGivenSql);
        }

        if (Close is not null)
        {
            yield return (ProbabilityName.Close, Close);
        }
    }
}
