using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Evaluation;

/// <summary>The logistic regression of the outcome on the predicted log-odds (Cox 1958), by Newton's method.</summary>
internal sealed class CalibrationLine
{
    private const int MaxIterations = 30;

    /// <summary>Newton's error is the square of its last step: a step this small leaves nothing that a report could show.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Near the answer Newton's steps are sound; longer ones are checked and halved.</summary>
    private const double SoundStep = 0.25;

    private readonly double[] _logOdds;
    private readonly byte[] _labels;

    public CalibrationLine(ReadOnlySpan<double> probabilities, ReadOnlySpan<byte> labels)
    {
        _labels = labels.ToArray();
        _logOdds = new double[_labels.Length];
        for (int row = 0; row < _logOdds.Length; row++)
        {
            _logOdds[row] = LogOdds.Of(
                Math.Clamp(probabilities[row], LogOdds.SmallestProbability, 1.0 - LogOdds.SmallestProbability));
        }
    }

    /// <summary>The intercept with the slope held at 1; NaN when a class is missing.</summary>
    /// <param name="counts">How often each row counts.</param>
    /// <param name="start">Where to begin: 0, or a nearby sample's answer.</param>
    public double Intercept(ReadOnlySpan<int> counts, double start = 0.0)
    {
        if (!HasBothClasses(counts))
        {
            return double.NaN;
        }

        double intercept = double.IsFinite(start) ? start : 0.0;
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double gradient = 0.0;
            double curvature = 0.0;
            for (int row = 0; row < _labels.Length; row++)
            {
                if (counts[row] != 0)
                {
                    double p = LogOdds.ToProbability(intercept + _logOdds[row]);
                    gradient += counts[row] * (_labels[row] - p);
                    curvature += counts[row] * p * (1.0 - p);
                }
            }

            // Steps are kept short where the curve is flat, or Newton would overshoot for good.
            double step = Math.Clamp(gradient / Math.Max(curvature, double.Epsilon), -2.0, 2.0);
            intercept += step;
            if (Math.Abs(step) < Tolerance)
            {
                break;
            }
        }

        return intercept;
    }

    /// <summary>The slope; NaN when a class is missing, all rows score the same, or the classes are parted perfectly.</summary>
    /// <param name="counts">How often each row counts.</param>
    /// <param name="start">Where to begin: (0, 1), or a nearby sample's answer.</param>
    public (double Intercept, double Slope) Slope(ReadOnlySpan<int> counts, (double Intercept, double Slope) start)
    {
        (double Intercept, double Slope) undefined = (double.NaN, double.NaN);
        if (!ClassesOverlap(counts))
        {
            return undefined;
        }

        (double intercept, double slope) = double.IsFinite(start.Slope) ? start : (0.0, 1.0);
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double g0 = 0.0, g1 = 0.0, h00 = 0.0, h01 = 0.0, h11 = 0.0;
            for (int row = 0; row < _labels.Length; row++)
            {
                if (counts[row] != 0)
                {
                    double x = _logOdds[row];
                    double p = LogOdds.ToProbability(intercept + (slope * x));
                    double miss = counts[row] * (_labels[row] - p);
                    double second = counts[row] * p * (1.0 - p);
                    g0 += miss;
                    g1 += miss * x;
                    h00 += second;
                    h01 += second * x;
                    h11 += second * x * x;
                }
            }

            double determinant = (h00 * h11) - (h01 * h01);
            if (!(determinant > 1e-12 * h00 * h11))
            {
                return undefined;
            }

            double step0 = ((h11 * g0) - (h01 * g1)) / determinant;
            double step1 = ((h00 * g1) - (h01 * g0)) / determinant;
            if (Math.Max(Math.Abs(step0), Math.Abs(step1)) > SoundStep)
            {
                double loss = Loss(counts, intercept, slope);
                for (int halving = 0; halving < 30 && !(Loss(counts, intercept + step0, slope + step1) <= loss); halving++)
                {
                    step0 /= 2.0;
                    step1 /= 2.0;
                }
            }

            intercept += step0;
            slope += step1;
            if (Math.Abs(step0) < Tolerance && Math.Abs(step1) < Tolerance)
            {
                break;
            }
        }

        return (intercept, slope);
    }

    private bool HasBothClasses(ReadOnlySpan<int> counts)
    {
        bool positive = false;
        bool negative = false;
        for (int row = 0; row < _labels.Length && !(positive && negative); row++)
        {
            positive |= counts[row] > 0 && _labels[row] != 0;
            negative |= counts[row] > 0 && _labels[row] == 0;
        }

        return positive && negative;
    }

    /// <summary>Whether some positive lies below a negative and some above: otherwise the best slope is infinite or anything.</summary>
    private bool ClassesOverlap(ReadOnlySpan<int> counts)
    {
        double lowestPositive = double.PositiveInfinity;
        double highestPositive = double.NegativeInfinity;
        double lowestNegative = double.PositiveInfinity;
        double highestNegative = double.NegativeInfinity;
        for (int row = 0; row < _labels.Length; row++)
        {
            if (counts[row] > 0 && _labels[row] != 0)
            {
                lowestPositive = Math.Min(lowestPositive, _logOdds[row]);
                highestPositive = Math.Max(highestPositive, _logOdds[row]);
            }
            else if (counts[row] > 0)
            {
                lowestNegative = Math.Min(lowestNegative, _logOdds[row]);
                highestNegative = Math.Max(highestNegative, _logOdds[row]);
            }
        }

        return lowestPositive < highestNegative && lowestNegative < highestPositive;
    }

    private double Loss(ReadOnlySpan<int> counts, double intercept, double slope)
    {
        double loss = 0.0;
        for (int row = 0; row < _labels.Length; row++)
        {
            if (counts[row] != 0)
            {
                double z = intercept + (slope * _logOdds[row]);
                loss += counts[row] * LogOdds.Softplus(_labels[row] != 0 ? -z : z);
            }
        }

        return loss;
    }
}
