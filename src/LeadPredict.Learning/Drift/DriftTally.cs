namespace LeadPredict.Learning.Drift;

/// <summary>
/// Counts rows that are scored and tells which columns are no longer what they were in training, by the population stability index
/// <c>Σ (now - then) ln(now / then)</c> over the bins of a column (Siddiqi, "Credit Risk Scorecards", 2006, where 0.25 is a major shift).
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class DriftTally
{
    /// <summary>From this index on a column is told.</summary>
    public const double Major = 0.25;

    /// <summary>With fewer rows the index is mostly chance.</summary>
    public const int LeastRows = 200;

    /// <summary>Keeps the index finite where a bin was empty then or is now; of few rows an empty bin counts as half a row.</summary>
    private const double LeastShare = 1e-3;

    /// <summary>99 % of a normal distribution lie below.</summary>
    private const double Z99 = 2.3263478740408408;

    private readonly IReadOnlyList<ColumnShape> _shapes;
    private readonly long _trainingRows;
    private readonly long[][] _counts;
    private GroupSpread? _spread;

    /// <summary>Starts at no rows.</summary>
    /// <param name="shapes">Of the training rows, in the order of the row vectors.</param>
    /// <param name="trainingRows">How many rows the shapes are of; 0 where that is not known, as if of very many.</param>
    public DriftTally(IReadOnlyList<ColumnShape> shapes, long trainingRows = 0)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        _shapes = shapes;
        _trainingRows = trainingRows;
        _counts = [.. shapes.Select(shape => new long[shape.Shares.Length])];
    }

    /// <summary>The rows counted.</summary>
    public long Rows { get; private set; }

    /// <summary>Counts a row: one value a column, NaN is missing.</summary>
    /// <param name="row">In the order of the shapes.</param>
    /// <param name="group">Rows of one group, which come one after the other, are not taken for chance each by itself: leads of an account have much in common. Null of all rows that have nothing in common.</param>
    /// <exception cref="ArgumentException">The row has not as many values as there are shapes.</exception>
    public void Observe(ReadOnlySpan<float> row, string? group = null)
    {
        if (row.Length != _shapes.Count)
        {
            throw new ArgumentException($"Found {row.Length} values in the row; expected {_shapes.Count}, one a column.", nameof(row));
        }

        _spread ??= group is null || Rows > 0 ? null : new(_counts);
        _spread?.Begin(group);
        for (int column = 0; column < row.Length; column++)
        {
            int place = _shapes[column].PlaceOf(row[column]);
            _counts[column][place]++;
            _spread?.Add(column, place);
        }

        Rows++;
    }

    /// <summary>The columns that shifted most, worst first, by more than chance; none when fewer than <see cref="LeastRows"/> rows were counted.</summary>
    public IReadOnlyList<ColumnDrift> Findings() => Rows < LeastRows ? [] : [.. Columns().Where(drift => drift.IsMajor)];

    /// <summary>All columns, worst first, however few rows were counted.</summary>
    public IReadOnlyList<ColumnDrift> Columns() =>
    [
        .. _shapes.Select((shape, column) =>
        {
            double[] now = [.. _counts[column].Select(count => (double)count / Math.Max(Rows, 1))];
            double alike = _spread?.DesignEffect(column) ?? 1;
            double least = Math.Max(LeastShare, 0.5 * alike / Math.Max(Rows, 1));
            double[] terms = [.. now.Select((share, place) => Term(shape.Shares[place], share, least))];
            int most = Array.IndexOf(terms, terms.Max());
            return new ColumnDrift(shape.Name, terms.Sum())
            {
                MostMoved = most,
                Then = shape.Shares[most],
                Now = now[most],
                Chance = alike * Chance(now.Where((share, place) => share > 0 || shape.Shares[place] > 0).Count() - 1),
            };
        })
            .OrderByDescending(drift => drift.StabilityIndex).ThenBy(drift => drift.Column, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Where nothing changed the index is about a chi-squared variable over the numbers of rows (Yurdakul, "Statistical Properties of Population Stability
    /// Index", 2018); its quantile after Wilson and Hilferty, 1931. For rows that are alike in groups it is multiplied by the design effect, as Rao and Scott's first
    /// correction has it (1981).
    /// </summary>
    private double Chance(int degrees)
    {
        if (degrees <= 0 || Rows == 0)
        {
            return 0;
        }

        double spread = 2.0 / (9 * degrees);
        double quantile = degrees * Math.Pow(1 - spread + (Z99 * Math.Sqrt(spread)), 3);
        return quantile * ((1.0 / Rows) + (_trainingRows > 0 ? 1.0 / _trainingRows : 0));
    }

    private static double Term(double then, double now, double least)
    {
        (then, now) = (Math.Max(then, least), Math.Max(now, least));
        return (now - then) * Math.Log(now / then);
    }
}

/// <summary>How a column's values are spread beside how they were in training.</summary>
/// <param name="Column">Its name.</param>
/// <param name="StabilityIndex">The population stability index, 0 when nothing changed; from <see cref="DriftTally.Major"/> on a major shift.</param>
public sealed record ColumnDrift(string Column, double StabilityIndex)
{
    /// <summary>Chance alone stays below this 99 times in 100: it grows with the number of places and falls with that of rows.</summary>
    public double Chance { get; init; }

    /// <summary>Whether it shifted much, and by more than chance.</summary>
    public bool IsMajor => StabilityIndex >= DriftTally.Major && StabilityIndex > Chance;

    /// <summary>Where it moved most: a place among <see cref="ColumnShape.Shares"/>.</summary>
    public int MostMoved { get; init; }

    /// <summary>The share of values there in training.</summary>
    public double Then { get; init; }

    /// <summary>The share there now.</summary>
    public double Now { get; init; }
}
