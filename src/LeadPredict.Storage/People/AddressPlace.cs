using System.Data.Common;
using Dapper;
using LeadPredict.Storage.Rows;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.People;

/// <summary>Finds where an address stands in rows of others, however its case, and as JSON escapes it, and JSON inside JSON.</summary>
internal sealed class AddressPlace
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly bool _postgres;
    private readonly CancellationToken _ct;
    private readonly string[] _patterns;

    /// <param name="address">The address as <see cref="Addresses"/> gives it.</param>
    /// <param name="connection">Where the transaction runs.</param>
    /// <param name="transaction">What is all of it or nothing.</param>
    /// <param name="postgres">Which of the two databases it is.</param>
    /// <param name="ct">Stops it.</param>
    public AddressPlace(string address, DbConnection connection, DbTransaction transaction, bool postgres, CancellationToken ct)
    {
        _patterns = [.. AddressText.Forms(address).Select(AnyCase.Within).Distinct(StringComparer.Ordinal)];
        (_connection, _transaction, _postgres, _ct) = (connection, transaction, postgres, ct);
    }

    /// <summary>Rewrites the texts of a column in which it stands.</summary>
    /// <returns>How many rows were changed.</returns>
    public async Task<int> RewriteAsync(string table, string column, Func<string, string> without)
    {
        if (_connection is SqliteConnection sqlite)
        {
            sqlite.CreateFunction("without", without, isDeterministic: true);
            return await _connection.ExecuteAsync(new(
                $"UPDATE {table} SET {column} = without({column}) WHERE ({Holds(column)}) AND without({column}) <> {column}", Values(), _transaction, cancellationToken: _ct)).ConfigureAwait(false);
        }

        string text = $"{column}::text";
        string[] olds = [.. await _connection.QueryAsync<string>(
            new($"SELECT DISTINCT {text} FROM {table} WHERE ({Holds(text)})", Values(), _transaction, cancellationToken: _ct)).ConfigureAwait(false)];
        string[] rests = [.. olds.Select(without)];
        string type = column == "properties" ? "::json" : "";
        return await _connection.ExecuteAsync(new(
            $"UPDATE {table} SET {column} = m.rest{type} FROM unnest(@olds, @rests) m (old, rest) WHERE {table}.{text} = m.old AND m.rest <> m.old",
            new { olds, rests },
            _transaction,
            cancellationToken: _ct)).ConfigureAwait(false);
    }

    /// <summary>Rewrites rows that wait for their lead: what an attribute is known by follows from its value.</summary>
    /// <returns>How many rows were changed.</returns>
    public async Task<int> RewriteWaitingAsync(Mentions mentions)
    {
        WaitingRow[] waiting = [.. await _connection.QueryAsync<WaitingRow>(new(
            $"SELECT lead_id AS LeadId, kind AS Kind, id AS Id, content AS Content FROM waiting_rows WHERE {Holds("content")}", Values(), _transaction, cancellationToken: _ct)).ConfigureAwait(false)];
        int changed = 0;
        foreach (WaitingRow old in waiting)
        {
            WaitingRow rest = WaitingRow.Of(BatchTexts.With(WaitingRow.Batch([old]), mentions).RowsOfLeads.Single());
            if (rest == old)
            {
                continue;
            }

            await _connection.ExecuteAsync(new("DELETE FROM waiting_rows WHERE lead_id = @LeadId AND kind = @Kind AND id = @Id", old, _transaction, cancellationToken: _ct)).ConfigureAwait(false);
            changed += await _connection.ExecuteAsync(new(
                "INSERT INTO waiting_rows (lead_id, kind, id, content) VALUES (@LeadId, @Kind, @Id, @Content) ON CONFLICT DO NOTHING", rest, _transaction, cancellationToken: _ct)).ConfigureAwait(false);
        }

        return changed;
    }

    private string Holds(string text) => string.Join(" OR ", _patterns.Select((_, i) => AnyCase.Like(text, $"form{i}", _postgres)));

    private DynamicParameters Values()
    {
        var values = new DynamicParameters();
        for (int i = 0; i < _patterns.Length; i++)
        {
            values.Add($"form{i}", _patterns[i]);
        }

        return values;
    }
}
