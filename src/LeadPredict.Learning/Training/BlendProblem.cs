using LeadPredict.Learning.Logistic;

namespace LeadPredict.Learning.Training;

/// <summary>The blend's logistic regression with some weights held at 0 (bit set in <c>held</c>), solved by damped Newton steps.</summary>
internal sealed class BlendProblem(double[][] scores, byte[] labels, float[] rowWeights, double[] targets, double pull, int held)
{
    private const int MostSteps = 100;

    public ScoreBlend Solve()
    {
        var start = new double[scores.Length];
        for (int i = 0; i < start.Length; i++)
        {
            start[i] = Held(i) ? 0 : targets[i];
        }

        var blend = new ScoreBlend(0, start);
        double objective = Objective(blend);
        for (int step = 0; step < MostSteps; step++)
        {
            double[] direction = Direction(blend);
            double share = 1;
            ScoreBlend next = Move(blend, direction, share);
            double found = Objective(next);
            while (!(found <= objective) && share > 1e-6)
            {
                share /= 2;
                next = Move(blend, direction, share);
                found = Objective(next);
            }

            if (!(found < objective - (1e-12 * (Math.Abs(objective) + 1))))
            {
                break;
            }

            (blend, objective) = (next, found);
        }

        return blend;
    }

    public double Objective(ScoreBlend blend)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double gap = blend.Weights[i] - targets[i];
            sum += pull / 2 * gap * gap;
        }

        for (int row = 0; row < labels.Length; row++)
        {
            double score = blend.Score(scores, row);
            sum += rowWeights[row] * Calibration.LogOdds.Softplus(labels[row] == 1 ? -score : score);
        }

        return sum;
    }

    private double[] Direction(ScoreBlend blend)
    {
        int size = scores.Length + 1;
        var hessian = new double[size * size];
        var descent = new double[size];
        var x = new double[size];
        x[^1] = 1;
        for (int row = 0; row < labels.Length; row++)
        {
            double p = Calibration.LogOdds.ToProbability(blend.Score(scores, row));
            for (int i = 0; i < scores.Length; i++)
            {
                x[i] = Held(i) ? 0 : scores[i][row];
            }

            for (int i = 0; i < size; i++)
            {
                descent[i] -= rowWeights[row] * (p - labels[row]) * x[i];
                for (int j = 0; j <= i; j++)
                {
                    hessian[(i * size) + j] += rowWeights[row] * p * (1 - p) * x[i] * x[j];
                }
            }
        }

        for (int i = 0; i < scores.Length; i++)
        {
            descent[i] -= Held(i) ? descent[i] : pull * (blend.Weights[i] - targets[i]);
            hessian[(i * size) + i] += Held(i) ? 1 : pull;
        }

        Cholesky.Solve(hessian, descent);
        return descent;
    }

    private static ScoreBlend Move(ScoreBlend from, double[] direction, double share)
    {
        var weights = new double[from.Weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = from.Weights[i] + (share * direction[i]);
        }

        return new ScoreBlend(from.Intercept + (share * direction[^1]), weights);
    }

    private bool Held(int learner) => (held >> learner & 1) != 0;
}
