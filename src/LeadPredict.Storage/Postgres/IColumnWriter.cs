namespace LeadPredict.Storage.Postgres;

/// <summary>Takes the columns of one row, one call a column, in the order of the table's list.</summary>
internal interface IColumnWriter
{
    void Text(string? value);

    void Json(string? value);

    void Integer(long? value);

    void Small(short value);

    void Double(double? value);

    void Numeric(decimal? value);

    void Boolean(bool value);
}
