namespace LeadPredict.Scoring.Rules;

/// <summary>
/// Logistic regression on which slots of a card a lead hits, held back a little (ridge), by Newton's method. Leads that hit the same slots are one cell, so
/// that a fit costs the cells and not the leads. Outcomes of several steps of the funnel share the weights, each with an intercept of its own
/// (continuation ratios; Fienberg and Mason, 1979).
/// </summary>
internal sealed class SlotRegression
{
    private const int MostSteps = 25;
    private const double Ridge = 2;
    private readonly int _steps;
    private readonly int _slots;
    private readonly List<Cell> _cells;

    private SlotRegression(int steps, int slots, List<Cell> cells, double[] coefficients)
    {
        (_steps, _slots, _cells, Coefficients) = (steps, slots, cells, coefficients);
        double penalty = Enumerable.Range(0, slots).Sum(slot => Weight(slot) * Weight(slot)) * Ridge / 2;
        LogLikelihood = cells.Sum(cell =>
        {
            double raw = Raw(cell.Step, cell.Mask);
            return (cell.Converted * raw) - (cell.Leads * (Math.Max(raw, 0) + Math.Log(1 + Math.Exp(-Math.Abs(raw)))));
        }) - penalty;
    }

    /// <summary>Log-odds of a lead that hits nothing, by step, then what a hit of each slot adds.</summary>
    public double[] Coefficients { get; }

    /// <summary>With what the ridge takes off.</summary>
    public double LogLikelihood { get; }

    /// <param name="rows">At least one.</param>
    /// <param name="masks">Of each row the slots that it hits, bit by bit.</param>
    /// <param name="steps">How many steps there are.</param>
    /// <param name="slots">How many slots; 0 to 16.</param>
    /// <param name="start">Coefficients to begin with; empty for none.</param>
    public static SlotRegression Fit(IReadOnlyList<RuleRow> rows, ushort[] masks, int steps, int slots, double[] start)
    {
        List<Cell> cells = Gather(rows, masks, steps, slots);
        double[] beta = new double[steps + slots];
        if (start.Length == beta.Length)
        {
            start.CopyTo(beta, 0);
        }
        else
        {
            double rate = (rows.Count(row => row.Converted) + 0.5) / (rows.Count + 1);
            beta.AsSpan(0, steps).Fill(Math.Log(rate / (1 - rate)));
        }

        for (int turn = 0; turn < MostSteps; turn++)
        {
            var now = new SlotRegression(steps, slots, cells, beta);
            double[] move = HitRegression.Solve(now.Information(), now.Gradient());
            beta = [.. beta.Select((value, i) => value + Math.Clamp(move[i], -2, 2))];
            if (move.Max(Math.Abs) < 1e-8)
            {
                break;
            }
        }

        return new(steps, slots, cells, beta);
    }

    /// <summary>What a hit of a slot adds in log-odds.</summary>
    public double Weight(int slot) => Coefficients[_steps + slot];

    /// <summary>The chance of a lead.</summary>
    public double Probability(int step, ushort mask) => 1 / (1 + Math.Exp(-Raw(step, mask)));

    /// <summary>The information matrix with the ridge; a little on the diagonal, for a step that has no leads.</summary>
    public double[,] Information()
    {
        double[,] information = new double[Coefficients.Length, Coefficients.Length];
        Span<int> active = stackalloc int[17];
        foreach (Cell cell in _cells)
        {
            double p = Probability(cell.Step, cell.Mask);
            double weight = cell.Leads * Math.Max(p * (1 - p), 1e-9);
            int count = Active(cell, active);
            for (int a = 0; a < count; a++)
            {
                for (int b = 0; b < count; b++)
                {
                    information[active[a], active[b]] += weight;
                }
            }
        }

        for (int i = 0; i < Coefficients.Length; i++)
        {
            information[i, i] += i < _steps ? 1e-9 : Ridge;
        }

        return information;
    }

    private double[] Gradient()
    {
        double[] gradient = new double[Coefficients.Length];
        Span<int> active = stackalloc int[17];
        foreach (Cell cell in _cells)
        {
            double error = cell.Converted - (cell.Leads * Probability(cell.Step, cell.Mask));
            foreach (int place in active[..Active(cell, active)])
            {
                gradient[place] += error;
            }
        }

        for (int i = _steps; i < gradient.Length; i++)
        {
            gradient[i] -= Ridge * Coefficients[i];
        }

        return gradient;
    }

    private double Raw(int step, ushort mask)
    {
        double raw = Coefficients[step];
        for (int slot = 0; slot < _slots; slot++)
        {
            raw += (mask & (1 << slot)) != 0 ? Coefficients[_steps + slot] : 0;
        }

        return raw;
    }

    private int Active(in Cell cell, Span<int> active)
    {
        int count = 0;
        active[count++] = cell.Step;
        for (int slot = 0; slot < _slots; slot++)
        {
            if ((cell.Mask & (1 << slot)) != 0)
            {
                active[count++] = _steps + slot;
            }
        }

        return count;
    }

    private static List<Cell> Gather(IReadOnlyList<RuleRow> rows, ushort[] masks, int steps, int slots)
    {
        int[] leads = new int[steps << slots];
        int[] converted = new int[steps << slots];
        for (int row = 0; row < masks.Length; row++)
        {
            int place = (rows[row].Step << slots) | masks[row];
            leads[place]++;
            converted[place] += rows[row].Converted ? 1 : 0;
        }

        List<Cell> cells = [];
        for (int place = 0; place < leads.Length; place++)
        {
            if (leads[place] > 0)
            {
                cells.Add(new(place >> slots, (ushort)(place & ((1 << slots) - 1)), leads[place], converted[place]));
            }
        }

        return cells;
    }

    private readonly record struct Cell(int Step, ushort Mask, int Leads, int Converted);
}
