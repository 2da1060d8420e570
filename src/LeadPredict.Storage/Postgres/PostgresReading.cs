using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Rows;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>Reads the history inside one transaction, which sees the store as it was when its first statement ran.</summary>
internal sealed class PostgresReading(NpgsqlConnection connection, NpgsqlTransaction view, PostgresAddress address)
{
    /// <summary>How many rows of a table are here at once. A connection has one answer under way at a time, so the five tables take turns.</summary>
    private const int FetchRows = 2000;

    /// <summary>Every account in order.</summary>
    public IAsyncEnumerable<AccountHistory> WholeAsync(CancellationToken ct) => ReadAsync(PostgresStatements.WalkInOrder, PostgresStatements.Whole, ct);

    /// <summary>Of these accounts each in order.</summary>
    public IAsyncEnumerable<AccountHistory> InPlayAsync(DateTimeOffset asOf, CancellationToken ct) =>
        ReadAsync($"{AccountsInPlay.Fill(postgres: true, asOf)}; ANALYZE accounts_in_play", PostgresStatements.InPlay, ct);

    /// <summary>Accounts in order, by a cursor a table.</summary>
    private async IAsyncEnumerable<AccountHistory> ReadAsync(string first, IReadOnlyList<string> statements, [EnumeratorCancellation] CancellationToken ct)
    {
        string declare = string.Join("; ", statements.Select((statement, table) => $"DECLARE rows_{table} NO SCROLL CURSOR FOR {statement}"));
        await PostgresFaults.GuardAsync(address, () => connection.ExecuteAsync(
            new($"{first}; {declare}", transaction: view, cancellationToken: ct))).ConfigureAwait(false);
        var merge = new HistoryMerge(
            FetchAsync<StoredLead>(0, ct), FetchAsync<StoredTouch>(1, ct), FetchAsync<StoredAttribute>(2, ct),
            FetchAsync<StoredTransition>(3, ct), FetchAsync<StoredOutcome>(4, ct));
        await foreach (AccountHistory account in merge.ReadAsync(ct).ConfigureAwait(false))
        {
            yield return account;
        }
    }

    /// <summary>The account of a lead in one round trip, or null when the lead is not known. The server plans its statements once a connection.</summary>
    public Task<AccountHistory?> AccountOfLeadAsync(string leadId, CancellationToken ct) => PostgresFaults.GuardAsync(address, async () =>
    {
        var batch = new NpgsqlBatch(connection, view);
        await using var closing = batch.ConfigureAwait(false);
        foreach (string statement in PostgresStatements.AccountOfLead)
        {
            batch.BatchCommands.Add(new(statement) { Parameters = { new NpgsqlParameter<string> { TypedValue = leadId } } });
        }

        await batch.PrepareAsync(ct).ConfigureAwait(false);
        NpgsqlDataReader tables = await batch.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await using var ending = tables.ConfigureAwait(false);
        async Task<IAsyncEnumerable<T>> NextAsync<T>()
        {
            List<T> rows = [];
            Func<DbDataReader, T> parse = tables.GetRowParser<T>();
            while (await tables.ReadAsync(ct).ConfigureAwait(false))
            {
                rows.Add(parse(tables));
            }

            await tables.NextResultAsync(ct).ConfigureAwait(false);
            return rows.ToAsyncEnumerable();
        }

        var merge = new HistoryMerge(
            await NextAsync<StoredLead>().ConfigureAwait(false),
            await NextAsync<StoredTouch>().ConfigureAwait(false),
            await NextAsync<StoredAttribute>().ConfigureAwait(false),
            await NextAsync<StoredTransition>().ConfigureAwait(false),
            await NextAsync<StoredOutcome>().ConfigureAwait(false));
        return await merge.ReadAsync(ct).FirstOrDefaultAsync(ct).ConfigureAwait(false);
    });

    private async IAsyncEnumerable<T> FetchAsync<T>(int table, [EnumeratorCancellation] CancellationToken ct)
    {
        string fetch = $"FETCH FORWARD {FetchRows} FROM rows_{table}";
        List<T> rows;
        do
        {
            rows = await PostgresFaults.GuardAsync(address, async () =>
                (await connection.QueryAsync<T>(new(fetch, transaction: view, cancellationToken: ct)).ConfigureAwait(false)).AsList()).ConfigureAwait(false);
            foreach (T row in rows)
            {
                yield return row;
            }
        }
        while (rows.Count == FetchRows);
    }
}
