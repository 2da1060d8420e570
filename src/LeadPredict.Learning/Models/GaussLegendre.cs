namespace LeadPredict.Learning.Models;

/// <summary>Gauss-Legendre quadrature on [0, 1]: n points integrate every polynomial of degree 2n - 1 exactly.</summary>
internal sealed class GaussLegendre
{
    private GaussLegendre(double[] points, double[] weights)
    {
        Points = points;
        Weights = weights;
    }

    /// <summary>Strictly between 0 and 1, falling.</summary>
    public double[] Points { get; }

    /// <summary>All above 0, summing to 1.</summary>
    public double[] Weights { get; }

    /// <summary>The rule with a number of points, by Newton's method on the Legendre polynomial.</summary>
    public static GaussLegendre WithPoints(int count)
    {
        var points = new double[count];
        var weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            double slope = 1;
            for (int step = 0; step < 100; step++)
            {
                (double value, slope) = Legendre(count, x);
                double change = value / slope;
                x -= change;
                if (Math.Abs(change) < 1e-16)
                {
                    break;
                }
            }

            points[i] = (x + 1) / 2;
            weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }

        return new GaussLegendre(points, weights);
    }

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        double before = 1;
        double value = x;
        for (int n = 2; n <= degree; n++)
        {
            (before, value) = (value, ((((2 * n) - 1) * x * value) - ((n - 1) * before)) / n);
        }

        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
