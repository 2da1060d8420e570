namespace LeadPredict.Learning.Tables;

/// <summary>A table whose columns, lengths or values do not fit together.</summary>
public sealed class TableShapeException : LearningException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="column">The column at fault, or null when it is the table as a whole.</param>
    /// <param name="row">The row at fault, counted from 0, or null.</param>
    /// <param name="message">What was found, where, and what was expected.</param>
    public TableShapeException(string? column, int? row, string message)
        : base(message)
    {
        Column = column;
        Row = row;
    }

    /// <summary>The column at fault, or null when it is the table as a whole.</summary>
    public string? Column { get; }

    /// <summary>The row at fault, counted from 0, or null.</summary>
    public int? Row { get; }
}
