using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Rules;

/// <summary>The recipe of a proposed card, judged on later leads that its points were not learned from.</summary>
/// <param name="Leads">Later leads.</param>
/// <param name="Converted">Of these, converted.</param>
/// <param name="PresentLogLoss">Log loss of the present card there, its points turned into chances on the earlier leads.</param>
/// <param name="ProposedLogLoss">The same of the proposal.</param>
/// <param name="Difference">Proposed minus present, with its paired 95 % interval; below 0 the proposal is better.</param>
public sealed record ProposalJudgement(int Leads, int Converted, double PresentLogLoss, double ProposedLogLoss, Metric Difference);

/// <summary>A card learned from outcomes: few rules, small whole points.</summary>
/// <param name="Points">Whole points by the rules' numbers, none of them 0; the strongest first.</param>
/// <param name="Judgement">How the recipe does on later leads; null where the history is too short to part it.</param>
public sealed record RuleProposal(IReadOnlyList<KeyValuePair<int, int>> Points, ProposalJudgement? Judgement)
{
    /// <summary>The most rules of a proposed card.</summary>
    public const int MostRules = 12;

    private const int MostPoints = 20;
    private const int FewestOfEither = 25;
    private const double LearnShare = 0.7;

    /// <summary>Learns a card.</summary>
    /// <remarks>
    /// The points that are judged are learned from the leads that were decided before the later ones began; those proposed, by the same recipe, from
    /// all. Rules are chosen one by one, each time the one whose addition would help most (score test), until none does.
    /// </remarks>
    /// <param name="rules">How many rules the card has.</param>
    /// <param name="rows">Decided leads in order of time.</param>
    /// <returns>The proposal, or null when there are too few leads of either outcome.</returns>
    public static RuleProposal? Of(int rules, IReadOnlyList<RuleRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (IsThin(rows))
        {
            return null;
        }

        int[] points = Learn(rules, rows);
        return new(
            [.. points.Select((value, rule) => KeyValuePair.Create(rule, value)).Where(one => one.Value != 0).OrderByDescending(one => Math.Abs(one.Value))],
            Judge(rules, rows));
    }

    private static ProposalJudgement? Judge(int rules, IReadOnlyList<RuleRow> rows)
    {
        DateTimeOffset cut = rows[(int)(rows.Count * LearnShare)].At;
        RuleRow[] later = [.. rows.Where(row => row.At >= cut)];
        var accounts = later.Select(row => row.Group).ToHashSet();
        RuleRow[] earlier = [.. rows.Where(row => row.DecidedAt <= cut && !accounts.Contains(row.Group))];
        if (IsThin(earlier) || IsThin(later))
        {
            return null;
        }

        int[] points = Learn(rules, earlier);
        double[] proposed = Chances(earlier, later, row => row.Hits.Sum(hit => (double)points[hit]));
        double[] present = Chances(earlier, later, row => row.Points);
        byte[] labels = [.. later.Select(row => row.Converted ? (byte)1 : (byte)0)];
        PairedReport difference = PairedEvaluator.Compare(proposed, present, labels, [.. later.Select(row => row.Group)], seed: 1, resamples: 500);
        return new(later.Length, labels.Sum(label => label), LogLoss(present, labels), LogLoss(proposed, labels), difference.LogLoss);
    }

    private static bool IsThin(IReadOnlyList<RuleRow> rows) => Math.Min(rows.Count(row => row.Converted), rows.Count(row => !row.Converted)) < FewestOfEither;

    private static int[] Learn(int rules, IReadOnlyList<RuleRow> rows)
    {
        List<int> chosen = [];
        HitRegression fit = HitRegression.Fit(rows, rules, chosen);
        while (chosen.Count < MostRules && Next(fit, rules, rows, chosen) is { } best)
        {
            chosen.Add(best);
            fit = HitRegression.Fit(rows, rules, chosen);
        }

        double largest = fit.Weights.Max(Math.Abs);
        return largest == 0 ? new int[rules] : [.. fit.Weights.Select(weight => (int)Math.Round(weight / largest * MostPoints, MidpointRounding.AwayFromZero))];
    }

    /// <summary>Rao's score test: the squared pull of the residuals over its variance; 3.84 would be 5 % by chance, more is asked since the best of many is taken.</summary>
    private static int? Next(HitRegression fit, int rules, IReadOnlyList<RuleRow> rows, List<int> chosen)
    {
        const double Least = 6.6;
        double[] pull = new double[rules];
        double[] variance = new double[rules];
        double[,] mean = new double[fit.Intercepts.Length, rules];
        double[] all = new double[fit.Intercepts.Length];
        foreach (RuleRow row in rows)
        {
            double p = 1 / (1 + Math.Exp(-fit.Raw(row)));
            double weight = p * (1 - p);
            all[row.Step] += weight;
            foreach (ushort hit in row.Hits)
            {
                pull[hit] += (row.Converted ? 1 : 0) - p;
                mean[row.Step, hit] += weight;
            }
        }

        for (int rule = 0; rule < rules; rule++)
        {
            for (int step = 0; step < all.Length; step++)
            {
                variance[rule] += mean[step, rule] - (mean[step, rule] * mean[step, rule] / Math.Max(all[step], double.Epsilon));
            }
        }

        int best = Enumerable.Range(0, rules).Where(rule => !chosen.Contains(rule) && variance[rule] > 1)
            .DefaultIfEmpty(-1).MaxBy(rule => rule < 0 ? 0 : pull[rule] * pull[rule] / variance[rule]);
        return best >= 0 && pull[best] * pull[best] / variance[best] >= Least ? best : null;
    }

    /// <summary>Points turned into chances by a logistic curve that is fitted on the earlier leads.</summary>
    private static double[] Chances(RuleRow[] earlier, RuleRow[] later, Func<RuleRow, double> points)
    {
        double mean = earlier.Average(points);
        double spread = Math.Max(1e-9, Math.Sqrt(earlier.Average(row => Math.Pow(points(row) - mean, 2))));
        double a = 0;
        double b = 0;
        for (int step = 0; step < 50; step++)
        {
            double ga = 0, gb = 0, haa = 1e-9, hab = 0, hbb = 1e-3;
            foreach (RuleRow row in earlier)
            {
                double x = (points(row) - mean) / spread;
                double p = 1 / (1 + Math.Exp(-(a + (b * x))));
                double error = (row.Converted ? 1 : 0) - p;
                double weight = p * (1 - p);
                (ga, gb) = (ga + error, gb + (error * x));
                (haa, hab, hbb) = (haa + weight, hab + (weight * x), hbb + (weight * x * x));
            }

            double determinant = (haa * hbb) - (hab * hab);
            (a, b) = (a + (((hbb * ga) - (hab * gb)) / determinant), b + (((haa * gb) - (hab * ga)) / determinant));
        }

        return [.. later.Select(row => Math.Clamp(1 / (1 + Math.Exp(-(a + (b * (points(row) - mean) / spread)))), 1e-6, 1 - 1e-6))];
    }

    private static double LogLoss(double[] chances, byte[] labels) => chances.Select((p, i) => -Math.Log(labels[i] == 1 ? p : 1 - p)).Average();
}
