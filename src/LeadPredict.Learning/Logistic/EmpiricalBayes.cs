using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// Finds how hard each column is to be held back from the rows themselves: the penalty weights are the inverse prior variances that make
/// the rows most likely (MacKay, "Bayesian interpolation", 1992; for smooth terms Wood and Fasiolo, "A generalized Fellner-Schall method
/// for smoothing parameter optimization", 2017). Columns that say nothing are held at nothing, so many of them do no harm.
/// </summary>
internal static class EmpiricalBayes
{
    private const int MostRounds = 30;

    /// <summary>In the first rounds the coefficients are still on their way; their weights wait for them.</summary>
    private const int SettlingRounds = 3;

    private const double Start = 10;
    private const double Least = 1e-3;
    private const double Most = 1e7;

    /// <summary>What is held back so hard moves no score by a thousandth: its form has left the model for good, and its coefficients are left out of the equations.</summary>
    private const double Gone = 1e6;

    /// <summary>Leaving out is worth its trouble where so small a share of the coefficients is left.</summary>
    private const double Smaller = 0.7;

    /// <summary>A form that is down to so few degrees of freedom has left the model; its weight may grow on.</summary>
    private const double Negligible = 0.05;

    /// <summary>Ends when no weight that matters changes by more than this factor.</summary>
    private const double Settled = 1.05;

    /// <summary>More rows than this change the weights little: a prior variance does not grow with the rows.</summary>
    public const int MostRows = 50_000;

    /// <summary>The weights that suit the rows, one for each form of each column.</summary>
    /// <param name="design">The rows as numbers.</param>
    /// <param name="table">All rows.</param>
    /// <param name="rows">Those to go by.</param>
    /// <param name="doubts">Whether what chance could have made is left out, which suits scores; else the weights are those that make the rows most likely.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double[][] Weights(PenalisedRows design, TrainingTable table, int[] rows, bool doubts, CancellationToken cancellation)
    {
        double[][] weights = Same(design, Start);
        int[] some = Thin(rows);
        PenalisedRows present = design;
        double[][] presentWeights = weights;
        var solver = new NewtonSolver(present, table, some, presentWeights);
        for (int round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int step = 0; step < (round < SettlingRounds ? SettlingRounds : 1); step++)
            {
                solver.Step();
            }

            bool isSettled = Update(present, solver, presentWeights, doubts, weights) < Math.Log(Settled);
            (present as NarrowRows)?.PutInto(presentWeights, weights);
            if (isSettled)
            {
                break;
            }

            if (Left(design, weights) is { } left && Size(design, left) < Smaller * present.Size)
            {
                double[] reached = present is NarrowRows before ? before.Whole(solver.Coefficients) : solver.Coefficients;
                NarrowRows narrow = NarrowRows.Of(design, some, left);
                (present, presentWeights) = (narrow, narrow.Narrow(weights));
                solver = new NewtonSolver(narrow, table, some, presentWeights, narrow.Of(reached));
            }

            solver.Weigh(presentWeights);
        }

        return weights;
    }

    /// <summary>By column which forms have not left the model; null where none has.</summary>
    public static bool[][]? Left(PenalisedRows design, double[][] weights)
    {
        bool[][] left = [.. weights.Select(forms => forms.Select(weight => weight < Gone).ToArray())];
        return Size(design, left) < design.Size ? left : null;
    }

    private static int Size(PenalisedRows design, bool[][] left) => 1 + design.Penalties.Zip(left, (penalty, forms) => penalty.Ranks.Where((_, form) => forms[form]).Sum()).Sum();

    /// <summary>One weight for all.</summary>
    public static double[][] Same(PenalisedRows design, double weight) =>
        [.. design.Penalties.Select(penalty => Enumerable.Repeat(weight, penalty.Forms).ToArray())];

    /// <summary>One weight for all forms but bends, of which there are none.</summary>
    public static double[][] Straight(PenalisedRows design, double weight) =>
        [.. design.Penalties.Select(penalty => Enumerable.Range(0, penalty.Forms).Select(form => form == penalty.Bends ? Most : weight).ToArray())];

    /// <summary>Degrees of freedom that a form uses over the size of what it holds back.</summary>
    /// <returns>The largest change of a weight that matters, as a difference of logarithms.</returns>
    private static double Update(PenalisedRows design, NewtonSolver solver, double[][] weights, bool doubts, double[][] all)
    {
        Func<int, int, double> covariance = solver.Covariance();
        double? chances = doubts ? Math.Sqrt(2 * Math.Log(Math.Max(2, all.Sum(column => column.Length)))) : null;
        double largest = 0;
        for (int column = 0; column < weights.Length; column++)
        {
            ColumnPenalty penalty = design.Penalties[column];
            double Block(int a, int b) => covariance(penalty.First + a, penalty.First + b);
            for (int form = 0; form < penalty.Forms; form++)
            {
                double old = weights[column][form];
                double freedom = Math.Clamp(penalty.Ranks[form] - (old * penalty.Trace(form, Block)), 1e-8, penalty.Ranks[form]);
                double held = Math.Max(penalty.Value(form, solver.Coefficients), 1e-12);
                double next = Math.Clamp(freedom * (chances is { } most ? Doubt(freedom, penalty.Ranks[form], most) : 1) / held, Least, Most);
                weights[column][form] = next;
                largest = freedom > Negligible ? Math.Max(largest, Math.Abs(Math.Log(next / old))) : largest;
            }
        }

        return largest;
    }

    /// <summary>
    /// 1 would make the rows most likely, but then of columns of pure noise every third stays in, since chance alone gives a mean square of
    /// 1 standard error. With this factor a form of rank r stays only when its mean square is above <c>1 + chances / sqrt(r)</c>, where
    /// chances is the root of twice the logarithm of the number of forms: about the largest of so many standard normal draws.
    /// </summary>
    private static double Doubt(double freedom, int rank, double chances)
    {
        double asked = 1 + (chances / Math.Sqrt(rank));
        return (freedom + (asked * (rank - freedom))) / rank;
    }

    private static int[] Thin(int[] rows)
    {
        int step = EvenSample.Step(rows.Length, MostRows);
        return step == 1 ? rows : [.. rows.Where((_, place) => place % step == 0)];
    }
}
