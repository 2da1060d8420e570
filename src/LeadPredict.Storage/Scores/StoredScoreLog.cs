using System.Runtime.CompilerServices;
using Dapper;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LeadPredict.Storage.Scores;

/// <summary>Given scores in a table.</summary>
internal sealed class StoredScoreLog(IStoreDatabase database) : IScoreLog
{
    private const int Page = 5_000;

    public Task AppendAsync(IReadOnlyList<LoggedScore> scores, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            IReadOnlyList<LoggedScore> kept = await ForgottenScores.WithoutAsync(scores, connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
            return connection is SqliteConnection sqlite
                ? Append(sqlite, kept)
                : await PostgresScoreInsert.RunAsync((NpgsqlConnection)connection, kept, ct).ConfigureAwait(false);
        },
        ct);

    public Task<IReadOnlyList<LoggedScore>> OfLeadAsync(string leadId, int most, CancellationToken ct = default) => ReadAsync(
        $"SELECT {LoggedScoreRow.Columns} FROM score_log WHERE lead_id = @leadId ORDER BY at DESC, id DESC LIMIT @most", new { leadId, most }, ct);

    public async IAsyncEnumerable<LoggedScore> OfModelAsync(string model, DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct = default)
    {
        (long at, long id) = (UtcTime.ToMicroseconds(since), 0);
        while (true)
        {
            IReadOnlyList<LoggedScoreRow> page = await RowsAsync(
                $"SELECT {LoggedScoreRow.Columns} FROM score_log WHERE model = @model AND (at > @at OR at = @at AND id > @id) ORDER BY at, id LIMIT @Page",
                new { model, at, id, Page },
                ct).ConfigureAwait(false);
            foreach (LoggedScoreRow row in page)
            {
                (at, id) = (row.At, row.Id);
                yield return row.ToScore();
            }

            if (page.Count < Page)
            {
                yield break;
            }
        }
    }

    public Task<int> RemoveBeforeAsync(DateTimeOffset instant, int most, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            // Model by model, as the index goes: each of the few is found by one look into it.
            long at = UtcTime.ToMicroseconds(instant);
            int removed = 0;
            string? model = "";
            while (removed < most && (model = await connection.ExecuteScalarAsync<string?>(
                new("SELECT min(model) FROM score_log WHERE model > @model", new { model }, transaction, cancellationToken: ct)).ConfigureAwait(false)) is not null)
            {
                removed += await connection.ExecuteAsync(new(
                    "DELETE FROM score_log WHERE id IN (SELECT id FROM score_log WHERE model = @model AND at < @at ORDER BY at LIMIT @left)",
                    new { model, at, left = most - removed },
                    transaction,
                    cancellationToken: ct)).ConfigureAwait(false);
            }

            return removed;
        },
        ct);

    public Task ForgetAsync(string leadId, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            foreach (string table in new[] { "score_log", "lead_scores", "outbox" })
            {
                await connection.ExecuteAsync(new($"DELETE FROM {table} WHERE lead_id = @leadId", new { leadId }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            }

            return true;
        },
        ct);

    private static int Append(SqliteConnection connection, IReadOnlyList<LoggedScore> scores)
    {
        using var insert = new SqliteScoreInsert(connection);
        foreach (LoggedScore score in scores)
        {
            insert.Run(score);
        }

        return scores.Count;
    }

    private async Task<IReadOnlyList<LoggedScore>> ReadAsync(string statement, object parameters, CancellationToken ct) =>
        [.. (await RowsAsync(statement, parameters, ct).ConfigureAwait(false)).Select(row => row.ToScore())];

    private Task<IReadOnlyList<LoggedScoreRow>> RowsAsync(string statement, object parameters, CancellationToken ct) => database.ReadAsync<IReadOnlyList<LoggedScoreRow>>(
        async (connection, transaction) =>
            [.. await connection.QueryAsync<LoggedScoreRow>(new(statement, parameters, transaction, cancellationToken: ct)).ConfigureAwait(false)],
        ct);
}
