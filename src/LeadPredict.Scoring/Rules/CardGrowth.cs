namespace LeadPredict.Scoring.Rules;

/// <summary>
/// Grows a card from outcomes, rule by rule. Each time it does what raises the penalised likelihood most: it gives points to one more rule, by Rao's score
/// test, or lets another rule on the same subject count as one with a rule that has points already ("director or vice president"), so that few rules say much.
/// </summary>
/// <remarks>For one thread. Rows stay as they are; each has a mask of the slots of the card that it hits, and fits go over the masks that occur.</remarks>
internal sealed class CardGrowth
{
    /// <summary>A new rule must be unlikely to help by chance: 6.6 is 1 % for one rule, since the best of many is taken.</summary>
    private const double LeastScore = 6.6;

    /// <summary>What a rule must add to the log-likelihood to join another: it takes no room on the card, so little is asked.</summary>
    private const double LeastJoin = 1;

    /// <summary>Joining is tried in earnest for so many of the most promising pairs.</summary>
    private const int Tried = 4;

    private const int FewestGained = 5;

    private readonly IReadOnlyList<int> _subjects;
    private readonly IReadOnlyList<RuleRow> _rows;
    private readonly ushort[] _masks;
    private readonly int _steps;
    private readonly List<List<int>> _slots = [];
    private readonly int[] _slotOf;

    private CardGrowth(IReadOnlyList<int> subjects, IReadOnlyList<RuleRow> rows)
    {
        (_subjects, _rows) = (subjects, rows);
        _masks = new ushort[rows.Count];
        _steps = rows.Max(row => row.Step) + 1;
        _slotOf = new int[subjects.Count];
        Array.Fill(_slotOf, -1);
    }

    /// <summary>Learns the rules of a card.</summary>
    /// <param name="subjects">The number of the subject of each rule.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="mostRules">1 to 16.</param>
    /// <param name="mostPoints">The points of the rule that weighs most; others in proportion, those of no point left out.</param>
    /// <returns>The strongest first.</returns>
    public static IReadOnlyList<ProposedRule> Learn(IReadOnlyList<int> subjects, IReadOnlyList<RuleRow> rows, int mostRules, int mostPoints)
    {
        var growth = new CardGrowth(subjects, rows);
        SlotRegression fit = growth.Fit(growth._masks, 0, []);
        while (growth.Grow(fit, mostRules) is { } next)
        {
            fit = next;
        }

        double[] weights = [.. growth._slots.Select((_, slot) => fit.Weight(slot))];
        double largest = weights.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return largest == 0 ? [] :
        [
            .. weights.Select((weight, slot) => new ProposedRule(growth._slots[slot], (int)Math.Round(weight / largest * mostPoints, MidpointRounding.AwayFromZero)))
                .Where(rule => rule.Points != 0).OrderByDescending(rule => Math.Abs(rule.Points)),
        ];
    }

    private SlotRegression Fit(ushort[] masks, int slots, double[] start) => SlotRegression.Fit(_rows, masks, _steps, slots, start);

    /// <summary>One step; null when nothing helps enough.</summary>
    private SlotRegression? Grow(SlotRegression fit, int mostRules)
    {
        (double[] score, List<(double Gain, int Slot, int Rule)> joins) = Look(fit);
        int best = Enumerable.Range(0, score.Length).DefaultIfEmpty(-1).MaxBy(rule => rule < 0 ? 0 : score[rule]);
        double gain = _slots.Count < mostRules && best >= 0 && score[best] >= LeastScore ? score[best] / 2 : 0;
        (int Slot, int Rule)? join = null;
        SlotRegression? joined = null;
        foreach ((double promise, int slot, int rule) in joins.OrderByDescending(one => one.Gain).Take(Tried).TakeWhile(one => one.Gain > 0))
        {
            SlotRegression tried = Fit(With(slot, rule), _slots.Count, fit.Coefficients);
            double added = tried.LogLikelihood - fit.LogLikelihood;
            if (added >= LeastJoin && added > gain)
            {
                (gain, join, joined) = (added, (slot, rule), tried);
            }
        }

        if (join is { } chosen)
        {
            With(chosen.Slot, chosen.Rule).CopyTo(_masks, 0);
            _slots[chosen.Slot].Add(chosen.Rule);
            _slotOf[chosen.Rule] = chosen.Slot;
            return joined;
        }

        if (gain == 0)
        {
            return null;
        }

        With(_slots.Count, best).CopyTo(_masks, 0);
        _slotOf[best] = _slots.Count;
        _slots.Add([best]);
        return Fit(_masks, _slots.Count, [.. fit.Coefficients, 0]);
    }

    private ushort[] With(int slot, int rule)
    {
        ushort[] masks = [.. _masks];
        for (int row = 0; row < masks.Length; row++)
        {
            if (_rows[row].Hits.AsSpan().Contains((ushort)rule))
            {
                masks[row] |= (ushort)(1 << slot);
            }
        }

        return masks;
    }

    /// <summary>One pass over the rows: the score test of each rule that has no points yet, and what joining it to each slot of its subject promises, to second order.</summary>
    private (double[] Score, List<(double Gain, int Slot, int Rule)> Joins) Look(SlotRegression fit)
    {
        int rules = _subjects.Count;
        int size = _steps + _slots.Count;
        double[] pull = new double[rules];
        double[] spread = new double[rules];
        double[,] shared = new double[rules, size];
        double[,] joinPull = new double[rules, _slots.Count];
        double[,] joinSpread = new double[rules, _slots.Count];
        int[,] gained = new int[rules, _slots.Count];
        for (int row = 0; row < _masks.Length; row++)
        {
            double p = fit.Probability(_rows[row].Step, _masks[row]);
            double residual = (_rows[row].Converted ? 1 : 0) - p;
            double weight = p * (1 - p);
            foreach (ushort hit in _rows[row].Hits)
            {
                if (_slotOf[hit] >= 0)
                {
                    continue;
                }

                pull[hit] += residual;
                spread[hit] += weight;
                shared[hit, _rows[row].Step] += weight;
                for (int slot = 0; slot < _slots.Count; slot++)
                {
                    if ((_masks[row] & (1 << slot)) != 0)
                    {
                        shared[hit, _steps + slot] += weight;
                    }
                    else
                    {
                        joinPull[hit, slot] += residual;
                        joinSpread[hit, slot] += weight;
                        gained[hit, slot]++;
                    }
                }
            }
        }

        double[] score = new double[rules];
        List<(double, int, int)> joins = [];
        for (int rule = 0; rule < rules; rule++)
        {
            if (spread[rule] <= 1)
            {
                continue;
            }

            double[] with = [.. Enumerable.Range(0, size).Select(i => shared[rule, i])];
            double own = spread[rule] - with.Zip(HitRegression.Solve(fit.Information(), with), (a, b) => a * b).Sum();
            score[rule] = own > 1 ? pull[rule] * pull[rule] / own : 0;
            for (int slot = 0; slot < _slots.Count; slot++)
            {
                if (_subjects[_slots[slot][0]] == _subjects[rule] && gained[rule, slot] >= FewestGained)
                {
                    double weight = fit.Weight(slot);
                    joins.Add(((weight * joinPull[rule, slot]) - (weight * weight * joinSpread[rule, slot] / 2), slot, rule));
                }
            }
        }

        return (score, joins);
    }
}
