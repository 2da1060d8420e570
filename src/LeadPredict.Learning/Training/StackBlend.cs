namespace LeadPredict.Learning.Training;

/// <summary>The weights of the stack: the logistic model, trees that learn what it leaves, and trees alone unless the market moves too much.</summary>
internal static class StackBlend
{
    /// <summary>The ridge toward the weights that are right where the rows say nothing; the out-of-fold evidence of some dozens of them.</summary>
    private const double Pull = 5;

    /// <summary>
    /// What a part beside the logistic model has to earn, in log likelihood: the price of one parameter, its weight (Schwarz, "Estimating the dimension of a model", 1978), half the
    /// logarithm of the rows. What earns less would make a model larger for nothing.
    /// </summary>
    public static double Price(int rows) => 0.5 * Math.Log(rows);

    /// <summary>Fits the weights; trees have to earn their <see cref="Price"/>.</summary>
    /// <param name="parts">The logistic model, trees on what it leaves, and trees alone or not.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">By row.</param>
    public static ScoreBlend Fit(IReadOnlyList<StackPart> parts, byte[] labels, float[] weights)
    {
        bool[] silent = [.. parts.Select(part => Array.TrueForAll(part.Scores, score => score == part.Scores[0]))];
        double price = Price(labels.Length);
        ScoreBlend blend = ScoreBlend.Fit(
            [.. parts.Select(part => part.Scores)],
            labels,
            weights,
            used => Targets(used, silent),
            Pull,
            [.. parts.Select((_, i) => i == 0 ? 0 : price)]);

        // Alone it needs no weight: if its scores are too far apart, the calibration sees to that.
        return blend.Weights.Skip(1).All(weight => weight == 0) ? new ScoreBlend(0, [1, .. blend.Weights[1..]]) : blend;
    }

    /// <summary>Fits the weights again, as once another part has joined: what it says, the others need not say any more.</summary>
    /// <param name="scores">Of each part, by row.</param>
    /// <param name="before">The weights so far, and that of a new part; none of 0 gets another.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">By row.</param>
    public static ScoreBlend FitAgain(double[][] scores, double[] before, byte[] labels, float[] weights)
    {
        int[] kept = [.. Enumerable.Range(0, scores.Length).Where(part => before[part] > 0)];
        double[] targets = [.. kept.Select(part => before[part])];
        ScoreBlend fitted = ScoreBlend.Fit([.. kept.Select(part => scores[part])], labels, weights, _ => targets, Pull, new double[kept.Length]);
        var all = new double[before.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            all[kept[i]] = fitted.Weights[i];
        }

        return new(fitted.Intercept, all);
    }

    /// <summary>Parts add up as they are; where trees alone stand beside others, the two kinds of model meet in the middle.</summary>
    private static double[] Targets(bool[] used, bool[] silent)
    {
        double usual = used.Length == 3 && used[2] && (used[0] || used[1]) ? 0.5 : 1;
        return [.. used.Select((uses, i) => uses && !silent[i] ? usual : 0)];
    }
}
