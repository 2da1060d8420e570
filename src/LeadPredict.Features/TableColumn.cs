using LeadPredict.Features.Extraction;

namespace LeadPredict.Features;

/// <summary>What a column of a table has to hold.</summary>
public enum TableColumnKind
{
    /// <summary>Text of any kind.</summary>
    Text = 0,

    /// <summary>Numbers.</summary>
    Number = 1,

    /// <summary>Yes or no, in one of the usual forms.</summary>
    Boolean = 2,

    /// <summary>Dates as text.</summary>
    Date = 3,
}

/// <summary>A column that a table's schema reads. Immutable; from <see cref="FeatureExtractor.Columns"/>.</summary>
public sealed class TableColumn
{
    internal TableColumn(TableColumnKind kind, ValueReader reader)
    {
        Kind = kind;
        Reader = reader;
    }

    /// <summary>Its name, as the table had it that the model learnt from.</summary>
    public string Name => Reader.Attribute;

    /// <summary>What it has to hold.</summary>
    public TableColumnKind Kind { get; }

    internal ValueReader Reader { get; }
}
