namespace LeadPredict.Benchmarks.Tables;

/// <summary>Draws a row at a moment, 0 for the first row of all and 1 for the last: its cells and its log-odds but for the intercept.</summary>
internal delegate (string[] Cells, double LogOdds) RowDrawer(Random random, double time);

/// <summary>A kind of table that can be drawn again and again: each seed gives a market of its own.</summary>
/// <param name="Name">Without the number of rows.</param>
/// <param name="Rate">The share of training rows that convert.</param>
/// <param name="Begin">Draws the market: what its rows have in common.</param>
internal sealed record TableKind(string Name, double Rate, Func<Random, RowDrawer> Begin)
{
    /// <summary>The training rows' share of the time; test rows are later.</summary>
    private const double TrainingShare = 0.75;

    private const int TestRows = 2000;
    private const int RowsForTheIntercept = 4000;

    /// <summary>Writes train.csv and test.csv with the label last.</summary>
    /// <param name="folder">Is there already.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="seed">Decides everything.</param>
    public void Write(string folder, int rows, int seed)
    {
        var random = new Random(seed);
        RowDrawer draw = Begin(random);
        double intercept = Intercept(draw, random);
        Write(Path.Combine(folder, "train.csv"), draw, random, intercept, rows, 0, TrainingShare);
        Write(Path.Combine(folder, "test.csv"), draw, random, intercept, TestRows, TrainingShare, 1 - TrainingShare);
    }

    private static void Write(string file, RowDrawer draw, Random random, double intercept, int rows, double start, double share)
    {
        using var writer = new StreamWriter(file);
        for (int row = 0; row < rows; row++)
        {
            (string[] cells, double logOdds) = draw(random, start + (share * row / rows));
            if (row == 0)
            {
                writer.WriteLine(string.Join(',', cells.Select((_, i) => $"f{i}").Append("label")));
            }

            writer.WriteLine(string.Join(',', cells.Append(random.NextDouble() < Probability(logOdds + intercept) ? "1" : "0")));
        }
    }

    private double Intercept(RowDrawer draw, Random random)
    {
        double[] odds = [.. Enumerable.Range(0, RowsForTheIntercept).Select(i => draw(random, TrainingShare * i / RowsForTheIntercept).LogOdds)];
        (double low, double high) = (-50.0, 50.0);
        while (high - low > 1e-6)
        {
            double middle = (low + high) / 2;
            (low, high) = odds.Average(x => Probability(x + middle)) < Rate ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
