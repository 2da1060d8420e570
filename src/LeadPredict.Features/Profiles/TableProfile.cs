using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Profiles;

/// <summary>Learns the schema of a flat table from its training rows, streaming. Not safe on several threads.</summary>
public sealed class TableProfile
{
    private readonly string[] _columns;
    private readonly ColumnProfile[] _profiles;
    private readonly SchemaOptions _options;
    private readonly HashSet<string> _missingWords;
    private readonly HashSet<(int Column, string Text, int Group)> _seen = [];
    private int _rows;

    /// <summary>Begins with no rows.</summary>
    /// <param name="columns">The header; names unique without regard to case, blank ones refused.</param>
    /// <param name="options">Default: <see cref="SchemaOptions"/> as it is.</param>
    /// <exception cref="FeatureSchemaException">A column without a name, or one named twice; or the time column is not there.</exception>
    public TableProfile(IReadOnlyList<string> columns, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _options = options ?? new();
        _columns = [.. columns.Select(column => column.Trim())];
        _profiles = [.. _columns.Select(column => new ColumnProfile(namesRows: ColumnNames.IsIdentifier(column)))];
        _missingWords = new(_options.MissingWords, StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Length == 0 || !seen.Add(_columns[i]))
            {
                throw new FeatureSchemaException(_columns[i].Length == 0
                    ? $"column {i + 1} has no name; expected a name in the header"
                    : $"column {i + 1} is named '{_columns[i]}' like one before it; expected every name once");
            }
        }

        if (_options.TimeColumn is { } time && !seen.Contains(time))
        {
            throw new FeatureSchemaException($"no column '{time}' to take the time from; the header has {string.Join(", ", _columns)}");
        }
    }

    /// <summary>Adds a training row.</summary>
    /// <param name="cells">In the header's order, null or blank for missing; a row that is too short lacks its last cells.</param>
    /// <param name="group">Rows of one group count once where a value asks for enough rows to be a category. Null for a row of its own.</param>
    public void Observe(IReadOnlyList<string?> cells, int? group = null)
    {
        ArgumentNullException.ThrowIfNull(cells);
        _rows++;
        for (int i = 0; i < _profiles.Length && i < cells.Count; i++)
        {
            if (cells[i] is { } cell && !_missingWords.Contains(cell.Trim()))
            {
                _profiles[i].Observe(AttributeValue.Of(cell), new ValueTally { Rows = 1, Groups = group is not { } of || _seen.Add((i, cell.Trim(), of)) ? 1 : 0 });
            }
        }
    }

    /// <summary>Adds rows whose cells are then given column by column; the schema is the same as from <see cref="Observe(IReadOnlyList{string?}, int?)"/> of each.</summary>
    public void ObserveRows(int rows) => _rows += rows;

    /// <summary>Adds a column's cells, all of them numbers or missing.</summary>
    /// <param name="column">Its place in the header.</param>
    /// <param name="numbers">What they say.</param>
    /// <returns>False, and nothing is added, when the column has to be given as texts.</returns>
    public bool TryObserve(int column, in NumberSummary numbers)
    {
        if (ColumnProfile.NeedsTexts(_columns[column], numbers))
        {
            return false;
        }

        _profiles[column].Observe(numbers);
        return true;
    }

    /// <summary>Adds a column's cells by their different texts.</summary>
    /// <param name="column">Its place in the header.</param>
    /// <param name="texts">The different cells, in the order in which they first come.</param>
    /// <param name="counts">How many rows have each.</param>
    /// <param name="groups">Of how many groups those are that have it for the first time; null where each row is its own group.</param>
    public void Observe(int column, IReadOnlyList<string> texts, IReadOnlyList<int> counts, IReadOnlyList<int>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(counts);
        for (int i = 0; i < texts.Count; i++)
        {
            if (!_missingWords.Contains(texts[i].Trim()))
            {
                _profiles[column].Observe(AttributeValue.Of(texts[i]), new ValueTally { Rows = counts[i], Groups = groups?[i] ?? counts[i] });
            }
        }
    }

    /// <summary>The schema of the rows so far.</summary>
    /// <exception cref="FeatureSchemaException">No row, or no column that can be a feature.</exception>
    public SchemaDraft Build()
    {
        if (_rows == 0)
        {
            throw new FeatureSchemaException("the table has no rows to learn from; expected a header and at least one row");
        }

        SchemaDrafting drafting = new(_options);
        ColumnDecision decision = new(_options, _rows, history: false);
        for (int i = 0; i < _columns.Length; i++)
        {
            drafting.Add(_columns[i], decision, _profiles[i]);
        }

        return drafting.Finish(SchemaMode.Table, _rows);
    }
}
