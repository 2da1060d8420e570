using System.Globalization;

namespace LeadPredict.Benchmarks.Tables;

/// <summary>The kinds of tables that are drawn, and with how many training rows.</summary>
internal static class TableKinds
{
    /// <summary>Every kind and its sizes.</summary>
    public static readonly (TableKind Kind, int[] Rows)[] All =
    [
        (new("linear", 0.4, random => Linear(random, 10, 5, 0.7)), [100, 200, 340, 1000, 10_000]),
        (new("correlated", 0.4, random => Correlated(random, 30, 4, 2)), [150, 300, 1000]),
        (new("clusters", 0.4, Clusters), [300, 3000]),
        (new("interactions", 0.4, Interactions), [300, 2000, 10_000]),
        (new("steps", 0.3, Steps), [300, 1000, 5000]),
        (new("noise", 0.3, random => Linear(random, 15, 0, 0)), [200, 3000]),
        (new("parted", 0.4, random => Linear(random, 6, 4, 5)), [150, 1000]),
        (new("rare", 0.01, random => Linear(random, 8, 5, 0.7)), [3000, 10_000]),
        (new("wide", 0.3, random => Linear(random, 100, 8, 0.6)), [300, 1000]),
        (new("copies", 0.3, Copies), [300, 1000]),
        (new("missing", 0.3, Missing), [300, 2000]),
        (new("tails", 0.2, Tails), [300, 1000, 5000]),
        (new("companies", 0.2, Companies), [1000, 8000]),
        (new("leads", 0.2, random => MarketKinds.Leads(random, _ => 0)), [150, 300, 1000, 8000]),
        (new("falls", 0.2, random => MarketKinds.Leads(random, time => -1.2 * time)), [500, 1000, 4000]),
        (new("rises", 0.1, random => MarketKinds.Leads(random, time => 0.8 * time)), [1000, 4000]),
        (new("wanders", 0.2, random => MarketKinds.Leads(random, MarketKinds.Walk(random, 0.25))), [500, 1000, 4000]),
        (new("jumps", 0.15, random => MarketKinds.Leads(random, time => time < 0.65 ? 0 : 0.7)), [1000, 4000]),
        (new("moves", 0.15, MarketKinds.MovingColumns), [300, 1000, 4000]),
        (new("turns", 0.2, MarketKinds.TurningSigns), [1000, 4000]),
        (new("seasons", 0.2, random => MarketKinds.Dated(random, MarketKinds.Season(random))), [1000, 4000]),
        (new("dated", 0.2, random => MarketKinds.Dated(random, MarketKinds.Walk(random, 0.25))), [1000, 4000]),
    ];

    /// <summary>A standard normal draw (Box and Muller, 1958).</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double[] Normals(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Normal(random))];

    public static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static RowDrawer Linear(Random random, int columns, int informative, double scale)
    {
        double[] slopes = [.. Normals(random, informative).Select(slope => scale * slope)];
        return (row, _) =>
        {
            double[] x = Normals(row, columns);
            return ([.. x.Select(Text)], slopes.Zip(x, (slope, value) => slope * value).Sum());
        };
    }

    /// <summary>Many columns that all show a few things, as measurements of one body do.</summary>
    private static RowDrawer Correlated(Random random, int columns, int factors, double scale)
    {
        double[] slopes = [.. Normals(random, factors).Select(slope => scale * slope)];
        double[][] loadings = [.. Enumerable.Range(0, columns).Select(_ => Normals(random, factors))];
        return (row, _) =>
        {
            double[] hidden = Normals(row, factors);
            return (
                [.. loadings.Select(loading => Text(loading.Zip(hidden, (a, b) => a * b).Sum() + (0.5 * Normal(row))))],
                slopes.Zip(hidden, (a, b) => a * b).Sum());
        };
    }

    private static RowDrawer Clusters(Random random)
    {
        (double[] Centre, double Odds)[] clusters = [.. Enumerable.Range(0, 8).Select(i => (Normals(random, 6).Select(x => 2 * x).ToArray(), i % 2 == 0 ? 2.0 : -2.0))];
        return (row, _) =>
        {
            (double[] centre, double odds) = clusters[row.Next(clusters.Length)];
            return ([.. centre.Select(x => Text(x + Normal(row)))], odds);
        };
    }

    private static RowDrawer Interactions(Random random)
    {
        double joint = random.NextDouble() < 0.5 ? -1.2 : 1.2;
        return (row, _) =>
        {
            double[] x = Normals(row, 8);
            return ([.. x.Select(Text)], (joint * x[0] * x[1]) + (x[2] > 0 && x[3] > 0 ? 2 : 0) + (0.5 * x[4]));
        };
    }

    private static RowDrawer Steps(Random random)
    {
        (double At, double Rise)[] steps = [.. Enumerable.Range(0, 4).Select(_ => (Normal(random), 1.5 * Normal(random)))];
        return (row, _) =>
        {
            double[] x = Normals(row, 8);
            return ([.. x.Select(Text)], steps.Select((step, i) => x[i] > step.At ? step.Rise : 0).Sum() + Math.Sin(3 * x[4]));
        };
    }

    private static RowDrawer Copies(Random random)
    {
        RowDrawer linear = Linear(random, 6, 4, 0.8);
        return (row, time) =>
        {
            (string[] cells, double odds) = linear(row, time);
            return ([.. cells, .. cells, .. cells.Select(cell => Text(-2 * double.Parse(cell, CultureInfo.InvariantCulture))), $"u{row.Next(1_000_000)}"], odds);
        };
    }

    /// <summary>Two in five cells are missing, and that the first is missing says something.</summary>
    private static RowDrawer Missing(Random random)
    {
        RowDrawer linear = Linear(random, 8, 5, 0.8);
        return (row, time) =>
        {
            (string[] cells, double odds) = linear(row, time);
            string[] left = [.. cells.Select(cell => row.NextDouble() < 0.4 ? "" : cell)];
            return (left, odds + (left[0].Length == 0 ? 0.8 : 0));
        };
    }

    /// <summary>Amounts over ten powers of ten and counts, most of them small.</summary>
    private static RowDrawer Tails(Random random)
    {
        double[] slopes = Normals(random, 3);
        return (row, _) =>
        {
            double[] x = Normals(row, 6);
            int visits = (int)Math.Exp(1.2 * Math.Abs(x[2]));
            string[] cells = [Text(Math.Exp(4 * x[0])), Text(Math.Exp(2 * x[1])), Text(visits), Text(Math.Exp(5 * x[3])), Text(x[4]), Text(x[5])];
            return (cells, (0.8 * slopes[0] * x[0]) + (0.8 * slopes[1] * x[1]) + (0.5 * slopes[2] * Math.Log(1 + visits)));
        };
    }

    private static RowDrawer Companies(Random random)
    {
        double[] companies = Normals(random, 400);
        double[] trades = Normals(random, 12);
        return (row, _) =>
        {
            int company = row.Next(companies.Length);
            int trade = row.Next(trades.Length);
            double[] x = Normals(row, 3);
            return ([$"company {company}", $"trade {trade}", .. x.Select(Text)], companies[company] + (0.6 * trades[trade]) + (0.5 * x[0]));
        };
    }
}
