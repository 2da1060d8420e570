namespace LeadPredict.Learning.Logistic;

/// <summary>
/// What holds a column's coefficients back: one or more quadratic forms <c>c' (Σ weight S) c</c>, each with a weight of its own. The less
/// the rows speak for a form's kind of departure from nothing (a slope, bends, differences between categories), the larger its weight.
/// </summary>
/// <remarks>The forms <c>S = A'A</c> of a column have maps A whose rows together are as many as the coefficients, and independent.</remarks>
internal sealed class ColumnPenalty
{
    private readonly IReadOnlyList<double[][]> _maps;
    private readonly double[][] _forms;

    /// <summary>Keeps the forms of the maps given.</summary>
    /// <param name="first">The place of the column's first coefficient.</param>
    /// <param name="count">The number of the column's coefficients.</param>
    /// <param name="maps">For each form the rows of its A, each <paramref name="count"/> long.</param>
    /// <param name="bends">See <see cref="Bends"/>.</param>
    public ColumnPenalty(int first, int count, IReadOnlyList<double[][]> maps, int? bends = null)
    {
        _maps = maps;
        Bends = bends;
        First = first;
        Count = count;
        Ranks = [.. maps.Select(map => map.Length)];
        _forms = [.. maps.Select(map => Square(map, count))];
    }

    private ColumnPenalty(int first, ColumnPenalty same)
    {
        (First, Count, Ranks, Bends, _maps, _forms) = (first, same.Count, same.Ranks, same.Bends, same._maps, same._forms);
    }

    /// <summary>The place of the first coefficient.</summary>
    public int First { get; }

    /// <summary>The number of coefficients.</summary>
    public int Count { get; }

    /// <summary>The form that holds back departures from a straight line, or null.</summary>
    public int? Bends { get; }

    /// <summary>The rank of each form.</summary>
    public int[] Ranks { get; }

    /// <summary>The number of forms.</summary>
    public int Forms => Ranks.Length;

    /// <summary>The weighted forms as one matrix, row-major, count × count.</summary>
    public double[] Combine(double[] weights)
    {
        var matrix = new double[Count * Count];
        for (int form = 0; form < Forms; form++)
        {
            for (int i = 0; i < matrix.Length; i++)
            {
                matrix[i] += weights[form] * _forms[form][i];
            }
        }

        return matrix;
    }

    /// <summary>The value of one form: <c>c' S c</c>.</summary>
    /// <param name="form">Which.</param>
    /// <param name="coefficients">Of all columns.</param>
    public double Value(int form, double[] coefficients) =>
        Trace(form, (a, b) => coefficients[First + a] * coefficients[First + b]);

    /// <summary><c>trace(V S)</c> of one form, for the column's block of a symmetric matrix V.</summary>
    public double Trace(int form, Func<int, int, double> block)
    {
        double[] matrix = _forms[form];
        double sum = 0;
        for (int a = 0; a < Count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double value = matrix[(a * Count) + b];
                if (value != 0)
                {
                    sum += (a == b ? 1 : 2) * value * block(a, b);
                }
            }
        }

        return sum;
    }

    /// <summary>
    /// The coefficients, count of them each, that the other forms leave free: one for each row of the maps of the forms that are kept, of which that row, and no other of any form, makes 1.
    /// </summary>
    /// <param name="kept">By form.</param>
    public double[][] Free(bool[] kept)
    {
        // All rows of all maps make a square matrix; the columns of its inverse are what each of them alone is made by.
        double[][] rows = [.. _maps.Where((_, form) => kept[form]).SelectMany(map => map), .. _maps.Where((_, form) => !kept[form]).SelectMany(map => map)];
        return [.. Enumerable.Range(0, Ranks.Where((_, form) => kept[form]).Sum()).Select(wanted => Solve(rows, wanted))];
    }

    /// <summary>Whether coefficients are what the only form holds back, one by one, as those of categories are: then they are left as they are, or all left out.</summary>
    public bool IsPlain => Forms == 1 && Bends is null && Ranks[0] == Count && IsIdentity(_maps[0]);

    /// <summary>The same of coefficients from another place on.</summary>
    public ColumnPenalty From(int first) => new(first, this);

    private static bool IsIdentity(double[][] map)
    {
        for (int i = 0; i < map.Length; i++)
        {
            for (int j = 0; j < map.Length; j++)
            {
                if (map[i][j] != (i == j ? 1 : 0))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>What the rows of the kept forms' maps make of coefficients: how much of each of <see cref="Free"/> is in them.</summary>
    public double[] Map(bool[] kept, ReadOnlySpan<double> coefficients)
    {
        var made = new List<double>();
        for (int form = 0; form < Forms; form++)
        {
            foreach (double[] row in kept[form] ? _maps[form] : [])
            {
                made.Add(OrderedSums.Dot(row, coefficients));
            }
        }

        return [.. made];
    }

    /// <summary>The kept forms, of coefficients as <see cref="Free"/> has them.</summary>
    /// <param name="first">The place of the first of those.</param>
    /// <param name="kept">By form.</param>
    public ColumnPenalty Narrow(int first, bool[] kept)
    {
        int[] ranks = [.. Ranks.Where((_, form) => kept[form])];
        int count = ranks.Sum();
        var maps = new List<double[][]>();
        foreach (int rank in ranks)
        {
            int before = maps.Sum(map => map.Length);
            maps.Add([.. Enumerable.Range(before, rank).Select(place => Enumerable.Range(0, count).Select(i => i == place ? 1.0 : 0.0).ToArray())]);
        }

        return new(first, count, maps);
    }

    /// <summary>Solves the equations whose right side is 1 at one place and 0 elsewhere, by elimination with the largest pivots.</summary>
    private static double[] Solve(double[][] rows, int wanted)
    {
        double[][] left = [.. rows.Select((row, i) => (double[])[.. row, i == wanted ? 1.0 : 0.0])];
        for (int column = 0; column < left.Length; column++)
        {
            int pivot = Enumerable.Range(column, left.Length - column).MaxBy(row => Math.Abs(left[row][column]));
            (left[column], left[pivot]) = (left[pivot], left[column]);
            for (int row = 0; row < left.Length; row++)
            {
                double share = row == column ? 0 : left[row][column] / left[column][column];
                for (int i = column; share != 0 && i <= left.Length; i++)
                {
                    left[row][i] -= share * left[column][i];
                }
            }
        }

        return [.. left.Select((row, i) => row[^1] / row[i])];
    }

    private static double[] Square(double[][] map, int count)
    {
        var square = new double[count * count];
        foreach (double[] row in map)
        {
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    square[(i * count) + j] += row[i] * row[j];
                }
            }
        }

        return square;
    }
}
