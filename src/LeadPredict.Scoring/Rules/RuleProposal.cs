using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Rules;

/// <summary>The recipe of a proposed card, judged on later leads that its points were not learned from.</summary>
/// <param name="Leads">Later leads.</param>
/// <param name="Converted">Of these, converted.</param>
/// <param name="PresentLogLoss">Log loss of the present card there, its points turned into chances on the earlier leads.</param>
/// <param name="ProposedLogLoss">The same of the proposal.</param>
/// <param name="Difference">Proposed minus present, with its paired 95 % interval; below 0 the proposal is better.</param>
public sealed record ProposalJudgement(int Leads, int Converted, double PresentLogLoss, double ProposedLogLoss, Metric Difference);

/// <summary>One rule of a proposed card: a rule of the present card, or several on the same subject that count as one.</summary>
/// <param name="Rules">Their numbers on the present card.</param>
/// <param name="Points">Whole points, not 0.</param>
public sealed record ProposedRule(IReadOnlyList<int> Rules, int Points);

/// <summary>A card learned from outcomes: few rules, small whole points.</summary>
/// <param name="Rules">The rules, the strongest first.</param>
/// <param name="Judgement">How the recipe does on later leads; null where the history is too short to part it.</param>
public sealed record RuleProposal(IReadOnlyList<ProposedRule> Rules, ProposalJudgement? Judgement)
{
    /// <summary>The most rules of a proposed card.</summary>
    public const int MostRules = 12;

    /// <summary>The most points of a rule.</summary>
    public const int MostPoints = 20;

    private const int FewestOfEither = 25;
    private const double LearnShare = 0.7;

    /// <summary>Learns a card.</summary>
    /// <remarks>
    /// The points that are judged are learned from the leads that were decided before the later ones began; those proposed, by the same recipe, from
    /// all. <see cref="CardGrowth"/> is the recipe. Judged is step 0.
    /// </remarks>
    /// <param name="subjects">Of each rule of the card the number of what it looks at; rules on the same subject may count as one.</param>
    /// <param name="rows">Decided leads in order of time.</param>
    /// <returns>The proposal, or null when there are too few leads of either outcome.</returns>
    public static RuleProposal? Of(IReadOnlyList<int> subjects, IReadOnlyList<RuleRow> rows)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(rows);
        return IsThin(rows) ? null : new(CardGrowth.Learn(subjects, rows, MostRules, MostPoints), Judge(subjects, rows));
    }

    private static ProposalJudgement? Judge(IReadOnlyList<int> subjects, IReadOnlyList<RuleRow> all)
    {
        RuleRow[] rows = [.. all.Where(row => row.Step == 0)];
        if (rows.Length == 0)
        {
            return null;
        }

        DateTimeOffset cut = rows[(int)(rows.Length * LearnShare)].At;
        RuleRow[] later = [.. rows.Where(row => row.At >= cut)];
        var accounts = later.Select(row => row.Group).ToHashSet();
        RuleRow[] known = [.. all.Where(row => row.DecidedAt <= cut && !accounts.Contains(row.Group))];
        RuleRow[] earlier = [.. known.Where(row => row.Step == 0)];
        if (IsThin(earlier) || IsThin(later))
        {
            return null;
        }

        IReadOnlyList<ProposedRule> learned = CardGrowth.Learn(subjects, known, MostRules, MostPoints);
        double[] proposed = Chances(earlier, later, row => learned.Sum(rule => row.Hits.Any(hit => rule.Rules.Contains(hit)) ? rule.Points : 0));
        double[] present = Chances(earlier, later, row => row.Points);
        byte[] labels = [.. later.Select(row => row.Converted ? (byte)1 : (byte)0)];
        PairedReport difference = PairedEvaluator.Compare(proposed, present, labels, [.. later.Select(row => row.Group)], seed: 1, resamples: 500);
        return new(later.Length, labels.Sum(label => label), LogLoss(present, labels), LogLoss(proposed, labels), difference.LogLoss);
    }

    private static bool IsThin(IReadOnlyList<RuleRow> rows) => Math.Min(rows.Count(row => row.Converted), rows.Count(row => !row.Converted)) < FewestOfEither;

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
