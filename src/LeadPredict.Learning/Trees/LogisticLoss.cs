namespace LeadPredict.Learning.Trees;

/// <summary>The loss that trees descend: minus the log likelihood of a label given log-odds.</summary>
internal static class LogisticLoss
{
    /// <summary>The log-odds that fit the rows best when all have the same: those of the weighted base rate.</summary>
    public static double BestConstant(byte[] labels, float[] weights, ReadOnlySpan<int> rows)
    {
        double positive = 0;
        double all = 0;
        foreach (int row in rows)
        {
            positive += labels[row] * (double)weights[row];
            all += weights[row];
        }

        // Half a row on either side keeps a sample of one class finite.
        return Math.Log((positive + 0.5) / (all - positive + 0.5));
    }

    /// <summary>The scale of the derivatives of so many rows.</summary>
    public static SumScale Scale(int rows, double largestWeight)
    {
        double largest = largestWeight > 0 ? largestWeight : 1;
        return SumScale.For(Math.Max(rows, 1), largest, largest / 4);
    }

    /// <summary>The loss of one row.</summary>
    public static double Of(double score, byte label) => Calibration.LogOdds.Softplus(label == 1 ? -score : score);

    /// <summary>The weighted mean loss of rows.</summary>
    public static double Mean(ReadOnlySpan<double> scores, byte[] labels, float[] weights, ReadOnlySpan<int> rows)
    {
        double sum = 0;
        double all = 0;
        foreach (int row in rows)
        {
            sum += weights[row] * Of(scores[row], labels[row]);
            all += weights[row];
        }

        return sum / all;
    }
}
