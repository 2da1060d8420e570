using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Evaluation;

/// <summary>Figures of probabilities without an interval, for places that need one number fast.</summary>
/// <remarks>Stateless and safe to use from many threads.</remarks>
public static class ProbabilityMetrics
{
    /// <summary>Mean of <c>-ln p</c> of what happened, in nats, with p kept 1e-15 away from 0 and 1.</summary>
    /// <param name="probabilities">From 0 to 1, one for each row.</param>
    /// <param name="labels">0 or 1, one for each row.</param>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> labels)
    {
        Check(probabilities, labels);
        double sum = 0.0;
        for (int row = 0; row < labels.Length; row++)
        {
            sum += LogOdds.Loss(probabilities[row], labels[row] != 0);
        }

        return sum / labels.Length;
    }

    /// <summary>Mean squared distance of probability and outcome.</summary>
    /// <param name="probabilities">From 0 to 1, one for each row.</param>
    /// <param name="labels">0 or 1, one for each row.</param>
    public static double Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> labels)
    {
        Check(probabilities, labels);
        double sum = 0.0;
        for (int row = 0; row < labels.Length; row++)
        {
            double miss = probabilities[row] - labels[row];
            sum += miss * miss;
        }

        return sum / labels.Length;
    }

    /// <summary>Expected calibration error over 15 bins of equal count; see <see cref="EvaluationReport.Ece"/>.</summary>
    /// <param name="probabilities">From 0 to 1, one for each row.</param>
    /// <param name="labels">0 or 1, one for each row.</param>
    public static double Ece(ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> labels)
    {
        Check(probabilities, labels);
        return new CalibrationFigures(probabilities, labels).Ece();
    }

    private static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> labels)
    {
        EvaluationRows.CheckLabels(labels);
        EvaluationRows.CheckProbabilities(probabilities, labels.Length, nameof(probabilities));
    }
}
