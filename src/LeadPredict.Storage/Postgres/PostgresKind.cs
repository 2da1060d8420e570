using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Postgres;

/// <summary>How rows of one kind go into their table, in the order of the table's key.</summary>
/// <remarks>
/// The order is the same for every writer, so that two with the same rows wait for each other in turn and never crosswise.
/// </remarks>
internal sealed class PostgresKind<TRow>
{
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, in the order written.</param>
    /// <param name="key">How many columns from the first on are its key, the lead first.</param>
    /// <param name="identity">What the first write of stands: the identifier, or the columns of the whole key.</param>
    /// <param name="order">The first two columns of the key, the second empty where there is one.</param>
    /// <param name="write">Writes a row's columns.</param>
    public PostgresKind(
        string table, string[] columns, int key, Func<TRow, object> identity, Func<TRow, (string, string)> order, Action<IColumnWriter, TRow> write)
    {
        string all = string.Join(", ", columns);
        Stage = $"CREATE TEMP TABLE staged_{table} ON COMMIT DROP AS SELECT {all} FROM {table} WITH NO DATA";
        StageAnew = $"DROP TABLE IF EXISTS staged_{table}; {Stage}";
        Copy = $"COPY staged_{table} ({all}) FROM STDIN (FORMAT BINARY)";
        Insert = $"INSERT INTO {table} ({all}) SELECT {all} FROM staged_{table} ORDER BY {string.Join(", ", columns.Take(key))} ON CONFLICT DO NOTHING";
        Returning = key > 2 ? " RETURNING " + string.Join(", ", columns.Take(key)) : " RETURNING id";
        InsertOne = $"INSERT INTO {table} ({all}) VALUES ({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))}) ON CONFLICT DO NOTHING";
        Identity = identity;
        Order = order;
        Write = write;
    }

    public string Stage { get; }

    public string StageAnew { get; }

    public string Copy { get; }

    public string Insert { get; }

    /// <summary>Added to <see cref="Insert"/> it tells the identities of the rows that were new.</summary>
    public string Returning { get; }

    public string InsertOne { get; }

    public Func<TRow, object> Identity { get; }

    public Func<TRow, (string First, string Second)> Order { get; }

    public Action<IColumnWriter, TRow> Write { get; }
}

internal static class ColumnInstants
{
    /// <summary>Both clocks in whole microseconds.</summary>
    public static void Instants(this IColumnWriter columns, DateTimeOffset first, DateTimeOffset recorded)
    {
        columns.Integer(UtcTime.ToMicroseconds(first));
        columns.Integer(UtcTime.ToMicroseconds(recorded));
    }
}
