namespace LeadPredict.Benchmarks.Tables;

/// <summary>Tables like those of leads, in markets that stand still or move.</summary>
internal static class MarketKinds
{
    /// <summary>So many moves make a walk.</summary>
    private const int Moves = 16;

    /// <summary>Of all rows; three quarters of them, two years, are learnt from.</summary>
    private const double Days = 1000;

    /// <summary>Sources, countries, counts and amounts; <paramref name="level"/> is added to all log-odds of a moment.</summary>
    public static RowDrawer Leads(Random random, Func<double, double> level)
    {
        double[] sources = TableKinds.Normals(random, 8);
        double[] countries = TableKinds.Normals(random, 15);
        double[] slopes = TableKinds.Normals(random, 4);
        return (row, time) =>
        {
            // The commoner the lower the number.
            int source = (int)(sources.Length * Math.Pow(row.NextDouble(), 2));
            int country = (int)(countries.Length * Math.Pow(row.NextDouble(), 3));
            int visits = (int)Math.Exp(1.1 * Math.Abs(TableKinds.Normal(row)));
            int mails = row.Next(4) * row.Next(3);
            double size = TableKinds.Normal(row);
            bool demo = row.NextDouble() < 0.15;
            string[] cells =
            [
                $"source {source}", country == 3 ? "" : $"country {country}", TableKinds.Text(visits), TableKinds.Text(mails),
                TableKinds.Text(Math.Exp(3 + (1.5 * size))), demo ? "1" : "0", TableKinds.Text(TableKinds.Normal(row)), TableKinds.Text(row.Next(7)),
            ];
            double odds = (0.6 * sources[source]) + (0.4 * countries[country]) + (0.5 * slopes[0] * Math.Log(1 + visits))
                + (0.15 * slopes[1] * mails) + (0.4 * slopes[2] * size) + (demo ? 1.2 : 0) + level(time);
            return (cells, odds);
        };
    }

    /// <summary>A level that takes independent steps of this deviation.</summary>
    public static Func<double, double> Walk(Random random, double step)
    {
        var levels = new double[Moves + 1];
        for (int i = 1; i < levels.Length; i++)
        {
            levels[i] = levels[i - 1] + (step * TableKinds.Normal(random));
        }

        return time => levels[(int)(time * Moves)];
    }

    /// <summary>As <see cref="Leads"/>, with the day on which each came.</summary>
    public static RowDrawer Dated(Random random, Func<double, double> level)
    {
        RowDrawer leads = Leads(random, level);
        return (row, time) =>
        {
            (string[] cells, double odds) = leads(row, time);
            return ([$"{new DateTime(2021, 3, 10, 0, 0, 0, DateTimeKind.Utc).AddDays(time * Days):yyyy-MM-dd}", .. cells], odds);
        };
    }

    /// <summary>A level that comes again each year.</summary>
    public static Func<double, double> Season(Random random)
    {
        double phase = random.NextDouble();
        return time => 0.6 * Math.Sin(2 * Math.PI * ((time * Days / 365) + phase));
    }

    /// <summary>Three columns follow the times, and the label follows them: later rows lie where few earlier ones do.</summary>
    public static RowDrawer MovingColumns(Random random)
    {
        double[] slopes = TableKinds.Normals(random, 6);
        double speed = 1 + (2 * random.NextDouble());
        return (row, time) =>
        {
            double[] x = TableKinds.Normals(row, 8);
            for (int i = 0; i < 3; i++)
            {
                x[i] = (0.5 * x[i]) + (speed * time * (i + 1) / 2);
            }

            return ([.. x.Select(TableKinds.Text)], slopes.Zip(x, (slope, value) => 0.7 * slope * value).Sum());
        };
    }

    /// <summary>What spoke for a lead comes to speak against it.</summary>
    public static RowDrawer TurningSigns(Random random)
    {
        double[] early = TableKinds.Normals(random, 6);
        double[] late = TableKinds.Normals(random, 6);
        return (row, time) =>
        {
            double[] x = TableKinds.Normals(row, 8);
            return ([.. x.Select(TableKinds.Text)], Enumerable.Range(0, 6).Sum(i => 0.7 * x[i] * (((1 - time) * early[i]) + (time * late[i]))));
        };
    }
}
