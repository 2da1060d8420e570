namespace LeadPredict.Learning.Training;

/// <summary>How raw scores of several learners become one: <c>intercept + Σ weight * score</c>, no weight below 0.</summary>
internal sealed record ScoreBlend(double Intercept, double[] Weights)
{
    /// <summary>
    /// Fits the blend to out-of-fold scores by logistic regression with a ridge that pulls toward weights given beforehand (stacking:
    /// Wolpert, 1992; non-negative weights: Breiman, "Stacked regressions", 1996).
    /// </summary>
    /// <param name="scores">One array a learner, out-of-fold log-odds by row.</param>
    /// <param name="labels">0 or 1, by row.</param>
    /// <param name="weights">By row.</param>
    /// <param name="targets">For each learner the weight that it is pulled toward, by which of them are used at all.</param>
    /// <param name="pull">The ridge: how strongly.</param>
    /// <param name="prices">For each learner by how much it has to raise the log likelihood to have any weight.</param>
    public static ScoreBlend Fit(double[][] scores, byte[] labels, float[] weights, Func<bool[], double[]> targets, double pull, double[] prices)
    {
        // Few learners: every set of weights that are held at 0 is tried, and the best feasible one is the constrained optimum.
        ScoreBlend? best = null;
        double least = double.PositiveInfinity;
        for (int held = 0; held < 1 << scores.Length; held++)
        {
            bool[] used = [.. Enumerable.Range(0, scores.Length).Select(i => (held >> i & 1) == 0)];
            var problem = new BlendProblem(scores, labels, weights, targets(used), pull, held);
            ScoreBlend blend = problem.Solve();
            double objective = problem.Objective(blend) + prices.Where((_, i) => blend.Weights[i] > 0).Sum();
            if (blend.Weights.All(weight => weight >= 0) && objective < least)
            {
                best = blend;
                least = objective;
            }
        }

        return best!;
    }

    /// <summary>The parts as they are.</summary>
    public static ScoreBlend Sum(int parts) => new(0, [.. Enumerable.Repeat(1.0, parts)]);

    /// <summary>The blended score of each row.</summary>
    public double[] Scores(double[][] scores) => [.. Enumerable.Range(0, scores[0].Length).Select(row => Score(scores, row))];

    /// <summary>The blended score of row <paramref name="row"/>.</summary>
    public double Score(double[][] scores, int row)
    {
        double sum = Intercept;
        for (int learner = 0; learner < Weights.Length; learner++)
        {
            sum += Weights[learner] * scores[learner][row];
        }

        return sum;
    }
}
