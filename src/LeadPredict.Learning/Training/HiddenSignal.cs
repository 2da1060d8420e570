using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Training;

/// <summary>
/// How far scores may be off because few rows hide what they cannot prove: a shrunk model leaves out signals that chance could have made, and
/// its folds agree in leaving them out, so their spread says nothing of it.
/// </summary>
/// <remarks>
/// A signal that parts the leads in halves is told apart from chance among so many columns when its square, in log-odds, is above
/// <c>(1 + sqrt(2 ln columns)) / Σ w p (1 - p)</c> (the bar of <see cref="Logistic.EmpiricalBayes"/>). Some signals as large as that bar are
/// taken to be hidden. With thousands of conversions that is nothing; with 20 it is most of what is not known.
/// </remarks>
internal static class HiddenSignal
{
    /// <summary>Leads differ in who they are, what they did and where they came from: one signal each.</summary>
    private const int Signals = 3;

    /// <summary>The variance of a score in log-odds.</summary>
    /// <param name="raw">Out-of-fold raw scores.</param>
    /// <param name="weights">By row.</param>
    /// <param name="curve">The calibration.</param>
    /// <param name="columns">How many columns the model could choose from.</param>
    public static double Variance(double[] raw, float[] weights, CalibrationCurve curve, int columns)
    {
        double information = 0;
        for (int row = 0; row < raw.Length; row++)
        {
            double p = curve.Probability(raw[row]);
            information += weights[row] * p * (1 - p);
        }

        return Variance(information, columns);
    }

    /// <summary>The variance of a score in log-odds.</summary>
    /// <param name="information"><c>Σ w p (1 - p)</c> of the rows.</param>
    /// <param name="columns">How many columns the model could choose from.</param>
    public static double Variance(double information, int columns) =>
        Signals * (1 + Math.Sqrt(2 * Math.Log(Math.Max(2, columns)))) / Math.Max(1, information);
}
