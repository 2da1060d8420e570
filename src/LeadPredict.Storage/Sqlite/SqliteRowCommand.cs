using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Sqlite;

/// <summary>A statement that is run for row after row, with the row's values as <c>$0</c>, <c>$1</c> and so on.</summary>
internal record SqliteRowText(string Statement, int Values);

/// <summary>An insert into one table: its name and columns.</summary>
internal sealed record SqliteInsertText(string Table, params string[] Columns) : SqliteRowText(
    $"INSERT INTO {Table} ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select((_, i) => "$" + i))}) ON CONFLICT DO NOTHING", Columns.Length);

/// <summary>A statement prepared once and run for row after row. Values are set by position; null is no value.</summary>
internal sealed class SqliteRowCommand : IDisposable
{
    private readonly SqliteCommand _command;

    public SqliteRowCommand(SqliteConnection connection, SqliteTransaction transaction, SqliteRowText text)
    {
        _command = connection.CreateCommand();
        _command.Transaction = transaction;
        _command.CommandText = text.Statement;
        for (int i = 0; i < text.Values; i++)
        {
            _command.Parameters.Add(new SqliteParameter("$" + i, null));
        }

        _command.Prepare();
    }

    public object? this[int column]
    {
        set => _command.Parameters[column].Value = value ?? DBNull.Value;
    }

    /// <summary>1 when the row was added or changed, 0 when its identifier was known or it has it all.</summary>
    public int Run() => _command.ExecuteNonQuery();

    public void Dispose() => _command.Dispose();
}
