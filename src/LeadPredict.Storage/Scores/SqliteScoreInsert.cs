using System.Text;
using LeadPredict.Funnel.Time;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LeadPredict.Storage.Scores;

/// <summary>
/// The insert of the score log, prepared once and run for row after row on the connection's own statement: texts go to SQLite as the UTF-8 that they
/// are, without an object a value.
/// </summary>
internal sealed class SqliteScoreInsert : IDisposable
{
    private static readonly string Statement = "INSERT INTO score_log (" + LoggedScoreRow.Added
        + $") VALUES ({string.Join(", ", Enumerable.Range(1, 19).Select(i => "?" + i))})";

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares it; rows are added in the transaction that the connection is in.</summary>
    public SqliteScoreInsert(SqliteConnection connection)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, Statement, out _statement));
    }

    /// <summary>Adds a row.</summary>
    /// <exception cref="SqliteException">It cannot be added.</exception>
    public void Run(LoggedScore score)
    {
        int column = 0;
        Bind(ref column, UtcTime.ToMicroseconds(score.At));
        Bind(ref column, score.LeadId);
        Bind(ref column, UtcTime.ToMicroseconds(score.AsOf));
        Bind(ref column, score.Model);
        Bind(ref column, score.Version);
        Bind(ref column, score.Hash);
        Bind(ref column, score.Role);
        Bind(ref column, score.Origin);
        Bind(ref column, score.Fingerprint);
        Bind(ref column, score.Stage);
        Bind(ref column, score.StoredScore);
        Bind(ref column, score.StoredGrade);
        Bind(ref column, score.Points);
        Bind(ref column, score.Sql);
        Bind(ref column, score.CloseGivenSql);
        Bind(ref column, score.Close);
        Bind(ref column, score.NextStage);
        Bind(ref column, score.NextAction);
        column++;
        Check(score.AnswerUtf8.IsEmpty ? raw.sqlite3_bind_null(_statement, column) : raw.sqlite3_bind_text(_statement, column, score.AnswerUtf8.Span));
        int result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(ref int column, long value) => Check(raw.sqlite3_bind_int64(_statement, ++column, value));

    private void Bind(ref int column, double? value) =>
        Check(value is { } known ? raw.sqlite3_bind_double(_statement, ++column, known) : raw.sqlite3_bind_null(_statement, ++column));

    private void Bind(ref int column, string text)
    {
        Span<byte> utf8 = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(text, utf8, out int length))
        {
            // An empty span would be taken for no value.
            Check(length > 0 ? raw.sqlite3_bind_text(_statement, ++column, utf8[..length]) : raw.sqlite3_bind_text(_statement, ++column, ""));
        }
        else
        {
            Check(raw.sqlite3_bind_text(_statement, ++column, text));
        }
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
