using LeadPredict.Learning.Calibration;

namespace LeadPredict.Scoring.Engines;

/// <summary>P(close) of a lead that is not SQL yet, from the two links. Training and serving both use it, so they cannot disagree.</summary>
public static class CloseChain
{
    /// <summary>
    /// The product of the links, recalibrated on what MQL cohorts really did, and never above P(SQL): closing within the horizon of
    /// the SQL entry is contained in becoming SQL.
    /// </summary>
    /// <param name="sql">P(SQL), 0 to 1.</param>
    /// <param name="closeGivenSql">P(close given SQL), 0 to 1.</param>
    /// <param name="recalibration">From the product's log-odds to P(close); null leaves the product as it is.</param>
    /// <returns>0 to <paramref name="sql"/>, never NaN, and never lower for a higher <paramref name="sql"/> or <paramref name="closeGivenSql"/>.</returns>
    public static double Combine(double sql, double closeGivenSql, CalibrationCurve? recalibration)
    {
        double product = sql * closeGivenSql;
        double close = recalibration is null ? product : recalibration.Probability(LogOdds(product));
        return Math.Min(close, sql);
    }

    /// <summary>The same of estimates: their ends are combined too.</summary>
    public static ProbabilityEstimate Combine(ProbabilityEstimate sql, ProbabilityEstimate closeGivenSql, CalibrationCurve? recalibration)
    {
        double value = Combine(sql.Value, closeGivenSql.Value, recalibration);

        // Rounding in the logarithm must not put an end on the wrong side of the value.
        double low = Math.Min(value, Combine(sql.Low, closeGivenSql.Low, recalibration));
        double high = Math.Max(value, Combine(sql.High, closeGivenSql.High, recalibration));
        return new(value, low, high);
    }

    /// <summary><c>ln(p / (1 - p))</c>: what the recalibration curve is fitted on. Infinite at 0 and 1, which curves take.</summary>
    public static double LogOdds(double probability) => Math.Log(probability) - Math.Log(1 - probability);
}
