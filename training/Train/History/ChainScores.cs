using LeadPredict.Scoring.Engines;

namespace LeadPredict.Training.Train.History;

/// <summary>The learnt chain applied to rows whose features are at hand: the same products and curves that the engine serves.</summary>
internal static class ChainScores
{
    /// <summary>P(SQL) of a lead at the entry stage, or NaN where the funnel does not date that step.</summary>
    public static double Sql(TrainedChain chain, HistoryRow row) =>
        chain.Sql is { Model: var model } ? model.Probability(model.RawScore(row.Features())) : double.NaN;

    /// <summary>P(close) of a lead at the entry stage, or NaN where wins are not known.</summary>
    public static double Close(TrainedChain chain, HistoryRow row)
    {
        if (chain.Close is { Model: var one })
        {
            return one.Probability(one.RawScore(row.Features()));
        }

        return chain.CloseGivenSql is { Model: var second }
            ? CloseChain.Combine(Sql(chain, row), second.Probability(second.RawScore(row.Features())), chain.CloseRecalibration)
            : double.NaN;
    }
}
