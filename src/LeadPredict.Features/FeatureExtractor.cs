using System.Buffers;
using LeadPredict.Features.Extraction;
using LeadPredict.Features.Phrases;
using LeadPredict.Features.Sources;
using LeadPredict.Features.Words;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Features;

/// <summary>Turns snapshots or table rows into feature vectors by a schema. Training and serving both use it, so they cannot disagree.</summary>
/// <remarks>
/// Immutable and safe to share between threads. It sees nothing but the snapshot, so what happened or was recorded at AsOf or later
/// cannot change a feature. A vector is <see cref="Count"/> floats in the schema's order: numbers with NaN for missing, categories
/// as codes with NaN for missing and 0 for rare or unseen.
/// </remarks>
public sealed class FeatureExtractor
{
    private readonly ValueReader?[] _valueReaders;
    private readonly SnapshotReader?[] _snapshotReaders;
    private readonly TouchPlan _plan;

    // Most features are counts of touches, which stand in the tally as they are: where, or -1.
    private readonly int[] _cells;
    private readonly int[] _typedAttributes;
    private readonly bool _needsColleagues;
    private readonly HashSet<string> _missingWords;
    private readonly TableColumns? _columns;
    private readonly DateOrder[] _referenceOrders;

    /// <summary>Compiles a schema.</summary>
    /// <exception cref="FeatureSchemaException">A table schema has a feature that only a snapshot can tell.</exception>
    public FeatureExtractor(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        _plan = new(schema.Features);
        _valueReaders = [.. schema.Features.Select(ValueReader.For)];
        _snapshotReaders = [.. schema.Features.Select(feature => SnapshotReader.For(feature, _plan))];
        _cells = [.. schema.Features.Select(feature => feature.Source is TouchCount count ? _plan.CellOf(_plan.SlotOf(count.Filter), _plan.WindowOf(count.Days)) : -1)];
        _needsColleagues = schema.Features.Any(feature => feature.Source is Sources.AccountActivity);
        _missingWords = new(schema.MissingWords, StringComparer.Ordinal);
        _typedAttributes = [.. Enumerable.Range(0, _valueReaders.Length)
            .Where(feature => schema.Features[feature].Source is AttributeNumber or AttributeBoolean or AttributeDate)
            .DistinctBy(feature => _valueReaders[feature]!.Attribute, StringComparer.OrdinalIgnoreCase)];
        int odd = schema.Mode == SchemaMode.Table ? Array.FindIndex(_valueReaders, reader => reader is null) : -1;
        if (odd >= 0)
        {
            throw new FeatureSchemaException($"feature '{schema.Features[odd].Name}' needs a lead's history, but the schema is for tables");
        }

        _referenceOrders = ReferenceOrders.Of(schema);
        _columns = schema.Mode == SchemaMode.Table ? new(schema, _valueReaders!, _referenceOrders) : null;
    }

    /// <summary>The schema it reads by.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>The length of the vector.</summary>
    public int Count => _valueReaders.Length;

    /// <summary>Reads a snapshot in one pass over its touches.</summary>
    /// <param name="snapshot">What was known at AsOf.</param>
    /// <param name="destination">At least <see cref="Count"/> floats; those after are left alone.</param>
    /// <param name="entering">A stage that the lead is taken to have entered just before the snapshot's instant, though it has not; null takes it as it is.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    /// <exception cref="InvalidOperationException">The schema is for tables.</exception>
    public void Extract(Snapshot snapshot, Span<float> destination, Stage? entering = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Require(SchemaMode.History, destination.Length);
        const int onStack = 1024;
        int[]? rented = _plan.Counters > onStack ? ArrayPool<int>.Shared.Rent(_plan.Counters) : null;
        long[]? rentedAges = _plan.Slots > onStack ? ArrayPool<long>.Shared.Rent(_plan.Slots) : null;
        Span<int> counts = rented is null ? stackalloc int[Math.Min(_plan.Counters, onStack)] : rented;
        Span<long> youngest = rentedAges is null ? stackalloc long[Math.Min(_plan.Slots, onStack)] : rentedAges;
        SnapshotFacts facts = new(snapshot, new(_plan, counts, youngest, snapshot), _needsColleagues, entering);
        double asOfDay = DateText.ToDays(snapshot.AsOf);
        for (int i = 0; i < _cells.Length; i++)
        {
            destination[i] = _cells[i] is >= 0 and var cell ? facts.Tally.Counts[cell]
                : _valueReaders[i] is { } reader ? reader.Read(snapshot.Attributes.GetValueOrDefault(reader.Attribute), asOfDay)
                : _snapshotReaders[i]!.Read(facts);
        }

        Return(rented);
        Return(rentedAges);

        static void Return<T>(T[]? array)
        {
            if (array is not null)
            {
                ArrayPool<T>.Shared.Return(array);
            }
        }
    }

    /// <summary>The columns that a table's schema reads, each once, in the order of the features that read them first.</summary>
    /// <exception cref="InvalidOperationException">The schema is for histories.</exception>
    public IReadOnlyList<TableColumn> Columns => _columns?.All ?? throw new InvalidOperationException("the schema reads histories, which have no columns");

    /// <summary>Finds the schema's columns in a table's header, once a file.</summary>
    /// <param name="header">The column names; compared without case after trimming.</param>
    /// <exception cref="MissingColumnsException">Columns that the schema reads are not there; all are named.</exception>
    /// <exception cref="InvalidOperationException">The schema is for histories.</exception>
    public TableBinding Bind(IReadOnlyList<string> header) => _columns is null
        ? throw new InvalidOperationException("the schema reads histories, which have no columns")
        : TableBinding.Of(header, [.. _valueReaders.Select(reader => (reader!.Attribute, reader.Reference))]);

    /// <summary>Reads a table row given as cells. The words of <see cref="FeatureSchema.MissingWords"/> and blank cells are missing.</summary>
    /// <param name="cells">In the order of the header; a row that is too short lacks its last cells.</param>
    /// <param name="binding">From <see cref="Bind"/> of this extractor and the table's header.</param>
    /// <param name="destination">At least <see cref="Count"/> floats.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    /// <exception cref="InvalidOperationException">The schema is for histories.</exception>
    public void ExtractRow(IReadOnlyList<string?> cells, TableBinding binding, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(binding);
        Require(SchemaMode.Table, destination.Length);
        for (int i = 0; i < _valueReaders.Length; i++)
        {
            int referenceColumn = binding.ReferenceColumn(i);
            double reference = referenceColumn < 0 ? double.NaN : ReferenceDay(i, Cell(cells, referenceColumn));
            destination[i] = _valueReaders[i]!.Read(Cell(cells, binding.Column(i)), reference);
        }
    }

    /// <summary>Reads a table row given as values.</summary>
    /// <param name="values">One a column, in the order of <see cref="Columns"/>.</param>
    /// <param name="destination">At least <see cref="Count"/> floats.</param>
    /// <exception cref="ArgumentException">There are fewer values than columns, or the destination is too short.</exception>
    /// <exception cref="InvalidOperationException">The schema is for histories.</exception>
    public void ExtractRow(ReadOnlySpan<AttributeValue> values, Span<float> destination)
    {
        Require(SchemaMode.Table, destination.Length);
        if (values.Length < Columns.Count)
        {
            throw new ArgumentException($"{values.Length} values; expected {Columns.Count}, one a column", nameof(values));
        }

        for (int i = 0; i < _valueReaders.Length; i++)
        {
            (int column, int reference) = _columns!.PlacesOf(i);
            double day = reference < 0 ? double.NaN : ReferenceDay(i, Known(values[reference]));
            destination[i] = _valueReaders[i]!.Read(Known(values[column]), day);
        }
    }

    /// <summary>Whether a feature of a table is made of one cell of a row, so that <see cref="ReadCell"/> can tell it.</summary>
    public bool ReadsOneCell(int feature) => _valueReaders[feature] is { Reference: null };

    /// <summary>Reads one feature of a table's row, as <see cref="ExtractRow(IReadOnlyList{string?}, TableBinding, Span{float})"/> does it for all; a table with few different cells is read faster so.</summary>
    /// <param name="feature">The position in the schema, of a feature that <see cref="ReadsOneCell"/>.</param>
    /// <param name="cell">The cell of the feature's column; null for missing.</param>
    /// <exception cref="ArgumentException">The feature needs more than one cell.</exception>
    public float ReadCell(int feature, string? cell) => ReadsOneCell(feature)
        ? _valueReaders[feature]!.Read(cell is null ? AttributeValue.Missing : Known(AttributeValue.Of(cell)), double.NaN)
        : throw new ArgumentException($"feature '{Schema.Features[feature].Name}' is made of more than one cell; expected a feature of one", nameof(feature));

    /// <summary>
    /// One feature for each attribute that has to be a number, a date, or yes or no. Where a lead has something else there
    /// (<see cref="IsUnreadable(int, float, Snapshot)"/>), all features of that attribute are missing.
    /// </summary>
    public ReadOnlySpan<int> TypedAttributes => _typedAttributes;

    /// <summary>Whether a lead has a value for a feature's attribute that cannot be read as what it has to be. A blank text and the words for missing values are no values.</summary>
    /// <param name="feature">One of <see cref="TypedAttributes"/>.</param>
    /// <param name="value">What <see cref="Extract(Snapshot, Span{float}, Stage?)"/> read.</param>
    /// <param name="snapshot">What it was read from.</param>
    public bool IsUnreadable(int feature, float value, Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return float.IsNaN(value) && !Known(snapshot.Attributes.GetValueOrDefault(_valueReaders[feature]!.Attribute)).IsMissing;
    }

    /// <summary>Whether a value is given that cannot be read as what its column has to hold. A blank text and what can only mean that none is there are no values.</summary>
    /// <param name="column">One of <see cref="Columns"/>.</param>
    /// <param name="value">Its value in a row.</param>
    public bool IsUnreadable(TableColumn column, AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(column);
        AttributeValue known = Known(value);
        return column.Kind != TableColumnKind.Text && !known.IsMissing && float.IsNaN(column.Reader.Read(known, referenceDay: 0))
            && !(known.Text is { } text && MissingWords.AmongNumbers.Contains(text.Trim()));
    }

    /// <summary>The column that a feature of a table is made of.</summary>
    /// <param name="feature">The position in the schema.</param>
    /// <exception cref="InvalidOperationException">The schema is for histories.</exception>
    public TableColumn ColumnOf(int feature) => Columns[_columns!.PlacesOf(feature).Column];

    /// <summary>What a feature is, in a few plain words: "page views in 30 days".</summary>
    /// <param name="feature">The position in the schema.</param>
    public string Label(int feature) => Phrasebook.Label(Schema.Features[feature]);

    /// <summary>A feature's value in plain words: "asked for a demo 2 days ago", "job title says VP". Never the text of an e-mail address or name.</summary>
    /// <param name="feature">The position in the schema.</param>
    /// <param name="value">The value that <see cref="Extract(Snapshot, Span{float}, Stage?)"/> gave it.</param>
    public string Describe(int feature, float value) => Phrasebook.Describe(Schema.Features[feature], value);

    /// <summary>A value that <see cref="Describe(int, float)"/> says the same of; the same one for all values of which it says the same, as far as that is easily told.</summary>
    /// <param name="feature">The position in the schema.</param>
    /// <param name="value">The value.</param>
    public float Grain(int feature, float value) => Phrasebook.Grain(Schema.Features[feature], value);

    /// <summary>As <see cref="Describe(int, float)"/>, of a snapshot. To describe several features, extract once and describe the values.</summary>
    public string Describe(int feature, Snapshot snapshot)
    {
        float[] vector = new float[Count];
        Extract(snapshot, vector);
        return Describe(feature, vector[feature]);
    }

    private AttributeValue Cell(IReadOnlyList<string?> cells, int column) => column < cells.Count && cells[column] is { } text
        ? Known(AttributeValue.Of(text))
        : AttributeValue.Missing;

    private AttributeValue Known(AttributeValue value)
    {
        if (value.Text is not { } text)
        {
            return value;
        }

        string trimmed = text.Trim();
        return trimmed.Length == 0 || _missingWords.Contains(trimmed) ? AttributeValue.Missing : value;
    }

    private double ReferenceDay(int feature, AttributeValue value) =>
        value.Text is { } text && DateText.TryParse(text, _referenceOrders[feature], out double days) ? days : double.NaN;

    private void Require(SchemaMode mode, int length)
    {
        if (Schema.Mode != mode)
        {
            throw new InvalidOperationException($"the schema reads {Schema.Mode} rows, not {mode} rows");
        }

        if (length < Count)
        {
            throw new ArgumentException($"a destination of {length} floats; expected at least {Count}", nameof(length));
        }
    }
}
