namespace LeadPredict.Learning.Logistic;

/// <summary>
/// The rows of a design without what some of its forms hold back: what is held at nothing is left out, and what is left is told with as few numbers as it needs. Straight lines are a design without its
/// bends.
/// </summary>
internal sealed class NarrowRows : PenalisedRows
{
    private readonly PenalisedRows _whole;
    private readonly bool[][] _kept;

    // By column and coefficient here, what it adds to each coefficient there; null for a column that is the same here and there.
    private readonly double[][]?[] _directions;

    private NarrowRows(PenalisedRows whole, bool[][] kept, double[][]?[] directions, SparseRows rows, ColumnPenalty[] penalties)
        : base(rows, penalties)
    {
        (_whole, _kept, _directions) = (whole, kept, directions);
    }

    /// <summary>Narrows a design.</summary>
    /// <param name="whole">The design.</param>
    /// <param name="numbers">Of the rows that are looked at, in increasing order; others have no numbers here.</param>
    /// <param name="kept">By column, which of its forms are left.</param>
    public static NarrowRows Of(PenalisedRows whole, ReadOnlySpan<int> numbers, bool[][] kept)
    {
        double[][]?[] directions = [.. whole.Penalties.Zip(kept, (penalty, forms) => penalty.IsPlain && forms[0] ? null : penalty.Free(forms))];
        var penalties = new ColumnPenalty[directions.Length];
        var columnOf = new int[whole.Size];
        int first = 0;
        for (int column = 0; column < directions.Length; column++)
        {
            columnOf.AsSpan(whole.Penalties[column].First, whole.Penalties[column].Count).Fill(column);
            penalties[column] = directions[column] is null ? whole.Penalties[column].From(first) : whole.Penalties[column].Narrow(first, kept[column]);
            first += penalties[column].Count;
        }

        columnOf[^1] = directions.Length;
        var rows = new SparseRows();
        int passed = 0;
        foreach (int row in numbers)
        {
            for (; passed < row; passed++)
            {
                rows.EndRow();
            }

            passed++;
            ReadOnlySpan<int> places = whole.Rows.Places(row);
            ReadOnlySpan<float> values = whole.Rows.Values(row);
            for (int from = 0, to; columnOf[places[from]] is var column && column < directions.Length; from = to)
            {
                for (to = from + 1; columnOf[places[to]] == column; to++)
                {
                }

                if (directions[column] is not { } among)
                {
                    for (int i = from; i < to; i++)
                    {
                        rows.Add(places[i] - whole.Penalties[column].First + penalties[column].First, values[i]);
                    }

                    continue;
                }

                for (int direction = 0; direction < among.Length; direction++)
                {
                    double sum = 0;
                    for (int i = from; i < to; i++)
                    {
                        sum += values[i] * among[direction][places[i] - whole.Penalties[column].First];
                    }

                    if (sum != 0)
                    {
                        rows.Add(penalties[column].First + direction, sum);
                    }
                }
            }

            rows.Add(first, 1);
            rows.EndRow();
        }

        return new(whole, kept, directions, rows, penalties);
    }

    /// <summary>Of what there is for each form of the whole design, that of the forms that are left.</summary>
    public T[][] Narrow<T>(T[][] byForm) => [.. byForm.Zip(_kept, (forms, kept) => forms.Where((_, form) => kept[form]).ToArray())];

    /// <summary>Puts what there is for each form here to the forms of the whole design.</summary>
    public void PutInto<T>(T[][] byForm, T[][] whole)
    {
        for (int column = 0; column < whole.Length; column++)
        {
            int next = 0;
            for (int form = 0; form < whole[column].Length; form++)
            {
                whole[column][form] = _kept[column][form] ? byForm[column][next++] : whole[column][form];
            }
        }
    }

    /// <summary>The coefficients here that say the same as far as they can.</summary>
    public double[] Of(double[] whole)
    {
        var coefficients = new double[Size];
        for (int column = 0; column < _directions.Length; column++)
        {
            ReadOnlySpan<double> there = whole.AsSpan(_whole.Penalties[column].First, _whole.Penalties[column].Count);
            (_directions[column] is null ? there : _whole.Penalties[column].Map(_kept[column], there)).CopyTo(coefficients.AsSpan(Penalties[column].First));
        }

        coefficients[Intercept] = whole[_whole.Intercept];
        return coefficients;
    }

    /// <summary>The coefficients of the whole design that say the same.</summary>
    public double[] Whole(double[] coefficients)
    {
        var all = new double[_whole.Size];
        for (int column = 0; column < _directions.Length; column++)
        {
            ReadOnlySpan<double> here = coefficients.AsSpan(Penalties[column].First, Penalties[column].Count);
            Span<double> there = all.AsSpan(_whole.Penalties[column].First, _whole.Penalties[column].Count);
            if (_directions[column] is not { } directions)
            {
                here.CopyTo(there);
                continue;
            }

            for (int direction = 0; direction < directions.Length; direction++)
            {
                for (int i = 0; i < there.Length; i++)
                {
                    there[i] += here[direction] * directions[direction][i];
                }
            }
        }

        all[_whole.Intercept] = coefficients[Intercept];
        return all;
    }
}
