using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>An insert into one table: its name and columns.</summary>
internal sealed record SqliteInsertText(string Table, params string[] Columns)
{
    public string Statement { get; } =
        $"INSERT INTO {Table} ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select((_, i) => "$" + i))}) ON CONFLICT DO NOTHING";
}

/// <summary>An insert prepared once and run for row after row. Values are set by position; null is no value.</summary>
internal sealed class SqliteInsert : IDisposable
{
    private readonly SqliteCommand _command;

    public SqliteInsert(SqliteConnection connection, SqliteTransaction transaction, SqliteInsertText text)
    {
        _command = connection.CreateCommand();
        _command.Transaction = transaction;
        _command.CommandText = text.Statement;
        for (int i = 0; i < text.Columns.Length; i++)
        {
            _command.Parameters.Add(new SqliteParameter("$" + i, null));
        }

        _command.Prepare();
    }

    public object? this[int column]
    {
        set => _command.Parameters[column].Value = value ?? DBNull.Value;
    }

    /// <summary>1 when the row is new, 0 when its identifier was known.</summary>
    public int Run() => _command.ExecuteNonQuery();

    public void Dispose() => _command.Dispose();
}
