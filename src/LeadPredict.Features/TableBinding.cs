namespace LeadPredict.Features;

/// <summary>Where a table's header has the columns that a schema reads. Immutable; from <see cref="FeatureExtractor.Bind"/>.</summary>
public sealed class TableBinding
{
    private readonly int[] _columns;
    private readonly int[] _references;

    private TableBinding(int[] columns, int[] references)
    {
        _columns = columns;
        _references = references;
    }

    /// <summary>The place in the header of the column that a feature is made of.</summary>
    public int Column(int feature) => _columns[feature];

    internal int ReferenceColumn(int feature) => _references[feature];

    internal static TableBinding Of(IReadOnlyList<string> header, IReadOnlyList<(string Attribute, string? Reference)> wanted)
    {
        ArgumentNullException.ThrowIfNull(header);
        Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < header.Count; i++)
        {
            places.TryAdd(header[i].Trim(), i);
        }

        string[] missing = [.. wanted.SelectMany(pair => new[] { pair.Attribute, pair.Reference }).OfType<string>()
            .Where(name => !places.ContainsKey(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
        return missing.Length == 0
            ? new([.. wanted.Select(pair => places[pair.Attribute])],
                [.. wanted.Select(pair => pair.Reference is { } name ? places[name] : -1)])
            : throw new MissingColumnsException(missing, header);
    }
}

/// <summary>A table lacks columns that the model reads.</summary>
public sealed class MissingColumnsException : Exception
{
    /// <summary>Names all missing columns and those found.</summary>
    public MissingColumnsException(IReadOnlyList<string> missing, IReadOnlyList<string> found)
        : base($"the table lacks {(missing.Count == 1 ? "the column" : $"{missing.Count} columns")} {Quoted(missing)}; "
            + $"its header has {Quoted(found)}; expected every column that the model was trained on")
    {
        Missing = missing;
        Found = found;
    }

    /// <summary>The columns that are not there.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The header as found.</summary>
    public IReadOnlyList<string> Found { get; }

    private static string Quoted(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(20).Select(name => $"'{name}'")) + (names.Count > 20 ? $" and {names.Count - 20} more" : "");
}
