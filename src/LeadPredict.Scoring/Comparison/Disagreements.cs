using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Comparison;

/// <summary>Sorts leads by what model and rules hold of them.</summary>
internal static class Disagreements
{
    private const int HighPercent = 20;
    private const int MostExamples = 10;

    public static DisagreementReport Of(ComparisonRows rows)
    {
        bool[] modelHigh = High(rows.ModelProbabilities);
        bool[] rulesHigh = High(rows.ScorecardPoints);
        DisagreementQuadrant[] quadrants =
        [
            Quadrant(rows, modelHigh, rulesHigh, model: true, rules: true),
            Quadrant(rows, modelHigh, rulesHigh, model: true, rules: false),
            Quadrant(rows, modelHigh, rulesHigh, model: false, rules: true),
            Quadrant(rows, modelHigh, rulesHigh, model: false, rules: false),
        ];
        Verdict right = Right(quadrants[1], quadrants[2]);
        return new DisagreementReport(
            modelHigh.Count(high => high), rulesHigh.Count(high => high), quadrants, right, Sentence(right, quadrants[1], quadrants[2]));
    }

    /// <summary>The best-ranked fifth; the tie at its edge is in or out as a whole, whichever comes nearer, and out when both do.</summary>
    private static bool[] High(double[] scores)
    {
        double capacity = scores.Length * HighPercent / 100.0;
        double[] sorted = [.. scores.OrderDescending()];
        int taken = 0;
        while (taken < sorted.Length)
        {
            int end = taken;
            while (end < sorted.Length && sorted[end] == sorted[taken])
            {
                end++;
            }

            if (Math.Abs(end - capacity) >= Math.Abs(taken - capacity))
            {
                break;
            }

            taken = end;
        }

        return taken == 0 ? new bool[scores.Length] : Array.ConvertAll(scores, score => score >= sorted[taken - 1]);
    }

    private static DisagreementQuadrant Quadrant(ComparisonRows rows, bool[] modelHigh, bool[] rulesHigh, bool model, bool rules)
    {
        int[] held = [.. Enumerable.Range(0, rows.Labels.Length).Where(row => modelHigh[row] == model && rulesHigh[row] == rules)];
        int converted = held.Sum(row => rows.Labels[row]);
        (double low, double high) = WilsonInterval.Of(converted, held.Length);
        return new DisagreementQuadrant(
            model,
            rules,
            held.Length,
            converted,
            held.Length == 0 ? null : (double)converted / held.Length,
            low,
            high,
            model == rules ? [] : Examples(rows, held));
    }

    private static DisagreementLead[] Examples(ComparisonRows rows, int[] held)
    {
        double[] model = MiddleRanks(rows.ModelProbabilities);
        double[] rules = MiddleRanks(rows.ScorecardPoints);
        return
        [
            .. held
                .OrderByDescending(row => Math.Abs(model[row] - rules[row]))
                .ThenBy(row => rows.LeadIds[row], StringComparer.Ordinal)
                .Take(MostExamples)
                .Select(row => new DisagreementLead(
                    rows.LeadIds[row], rows.ModelProbabilities[row], rows.ScorecardPoints[row], rows.Labels[row] == 1)),
        ];
    }

    /// <summary>Ranks from the lowest score, tied leads sharing their middle rank.</summary>
    internal static double[] MiddleRanks(double[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(row => scores[row])];
        double[] ranks = new double[scores.Length];
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to < order.Length && scores[order[to]] == scores[order[from]])
            {
                to++;
            }

            for (int i = from; i < to; i++)
            {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }

            from = to;
        }

        return ranks;
    }

    /// <summary>
    /// By the 95 % interval of the difference of two rates after Newcombe, "Interval estimation for the difference between independent proportions",
    /// 1998, method 10; leads are taken as independent here.
    /// </summary>
    private static Verdict Right(DisagreementQuadrant model, DisagreementQuadrant rules)
    {
        if (model.Rate is not { } ours || rules.Rate is not { } theirs)
        {
            return Verdict.NoDifference;
        }

        double difference = ours - theirs;
        double low = difference - Math.Sqrt(Math.Pow(ours - model.RateLow, 2) + Math.Pow(rules.RateHigh - theirs, 2));
        double high = difference + Math.Sqrt(Math.Pow(model.RateHigh - ours, 2) + Math.Pow(theirs - rules.RateLow, 2));
        return low > 0.0 ? Verdict.ModelWins : high < 0.0 ? Verdict.RulesWin : Verdict.NoDifference;
    }

    private static string Sentence(Verdict right, DisagreementQuadrant model, DisagreementQuadrant rules)
    {
        if (model.N + rules.N == 0)
        {
            return "Model and rules put the same leads on top.";
        }

        string facts = FormattableString.Invariant(
            $"of {model.N} leads that only the model ranks high {model.Converted} converted, of {rules.N} that only the rules rank high {rules.Converted}");
        return right switch
        {
            Verdict.ModelWins => $"Where they disagree the model was right more often: {facts}.",
            Verdict.RulesWin => $"Where they disagree the rules were right more often: {facts}.",
            _ => $"Where they disagree neither was clearly right: {facts}.",
        };
    }
}
