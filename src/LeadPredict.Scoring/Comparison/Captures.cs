namespace LeadPredict.Scoring.Comparison;

/// <summary>Counts what each list catches.</summary>
internal static class Captures
{
    private const int MostSteps = 250;
    private const double Z = 1.959963984540054;

    public static CaptureReport Of(ComparisonRows rows)
    {
        int n = rows.Labels.Length;
        int[] called = Steps(n);
        double[] modelRanks = Disagreements.MiddleRanks(rows.ModelProbabilities);
        double[] rulesRanks = Disagreements.MiddleRanks(rows.ScorecardPoints);
        double[] bothRanks = [.. modelRanks.Zip(rulesRanks, (model, rules) => model + rules)];
        int[] converted = [.. Enumerable.Range(0, n).Where(row => rows.Labels[row] == 1)];
        Place[] model = Places(modelRanks, converted);
        Place[] rules = Places(rulesRanks, converted);
        Place[] both = Places(bothRanks, converted);
        double[]? amounts = rows.Amounts is { } all && converted.Any(row => all[row] > 0)
            ? [.. converted.Select(row => double.IsNaN(all[row]) ? 0 : all[row])]
            : null;
        (double[] low, double[] high) = Intervals(called, model, rules, [.. converted.Select(row => rows.Groups[row])], rows.Groups.Distinct().Count());
        return new()
        {
            Days = rows.Days,
            Currency = amounts is null ? null : rows.Currency,
            WithAmount = amounts?.Count(amount => amount > 0),
            Called = called,
            Model = Sums(called, model, null),
            Rules = Sums(called, rules, null),
            Both = Sums(called, both, null),
            DifferenceLow = low,
            DifferenceHigh = high,
            ModelRevenue = amounts is null ? null : Sums(called, model, amounts),
            RulesRevenue = amounts is null ? null : Sums(called, rules, amounts),
        };
    }

    private static int[] Steps(int n)
    {
        int steps = Math.Min(n, MostSteps);
        return [.. Enumerable.Range(0, steps + 1).Select(step => (int)((long)step * n / steps))];
    }

    /// <summary>Where the converted leads stand in a list; leads of equal score share their places.</summary>
    private static Place[] Places(double[] ranks, int[] converted)
    {
        int[] order = [.. Enumerable.Range(0, ranks.Length).OrderByDescending(row => ranks[row])];
        var places = new Place[ranks.Length];
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to < order.Length && ranks[order[to]] == ranks[order[from]])
            {
                to++;
            }

            for (int i = from; i < to; i++)
            {
                places[order[i]] = new(from, to - from);
            }

            from = to;
        }

        return [.. converted.Select(row => places[row])];
    }

    private static double[] Sums(int[] called, Place[] places, double[]? amounts) =>
        [.. called.Select(k => places.Select((place, i) => place.Share(k) * (amounts?[i] ?? 1)).Sum())];

    /// <summary>
    /// The difference is a sum over accounts, which are drawn independently: its variance is the sum of the squares of the accounts' shares about
    /// their mean (as of a bootstrap of accounts, without drawing). Those without a converted lead, which have a share of 0, are drawn like the others.
    /// </summary>
    private static (double[] Low, double[] High) Intervals(int[] called, Place[] model, Place[] rules, int[] groups, int accounts)
    {
        int[] dense = Dense(groups, out int converting);
        double[] low = new double[called.Length];
        double[] high = new double[called.Length];
        double[] sums = new double[converting];
        for (int step = 0; step < called.Length; step++)
        {
            Array.Clear(sums);
            for (int i = 0; i < model.Length; i++)
            {
                sums[dense[i]] += model[i].Share(called[step]) - rules[i].Share(called[step]);
            }

            double difference = sums.Sum();
            double variance = sums.Sum(sum => sum * sum) - (difference * difference / accounts);
            double half = Z * Math.Sqrt(Math.Max(0, variance));
            (low[step], high[step]) = (difference - half, difference + half);
        }

        return (low, high);
    }

    private static int[] Dense(int[] groups, out int count)
    {
        var numbers = new Dictionary<int, int>();
        int[] dense = [.. groups.Select(group => numbers.TryGetValue(group, out int known) ? known : numbers[group] = numbers.Count)];
        count = numbers.Count;
        return dense;
    }

    /// <summary>A lead's place: it is called when more than <paramref name="Before"/> are, for certain when also those tied with it are.</summary>
    private readonly record struct Place(int Before, int Tied)
    {
        public double Share(int called) => Math.Clamp((called - Before) / (double)Tied, 0, 1);
    }
}
