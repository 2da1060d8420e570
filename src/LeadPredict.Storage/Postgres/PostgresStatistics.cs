using Dapper;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>
/// Has the server look at the tables anew after much has come in. It would do so by itself within minutes; until then it reads whole tables
/// to find one lead, since it still takes them for empty.
/// </summary>
/// <remarks>Safe to use from many threads. Nothing depends on it but speed, so what goes wrong with it is no fault of the append.</remarks>
internal sealed class PostgresStatistics(PostgresDatabase database)
{
    /// <summary>Fewer new rows than this change nothing that matters.</summary>
    private const long LeastRows = 5000;

    /// <summary>A quarter more than before is enough to look again, so that the looks are few however much comes in.</summary>
    private const int Share = 4;

    /// <summary>What is left at the end is worth a look from here on: the next process may read it at once.</summary>
    private const long LeastAtTheEnd = 1250;

    private const string Look = "ANALYZE accounts, leads, touches, attributes, transitions, outcomes";

    /// <summary>As the look found them: a store may have held many rows before this process added to it.</summary>
    private const string Rows =
        """
        SELECT coalesce(sum(greatest(reltuples, 0)), 0)::bigint FROM pg_class
        WHERE oid = ANY (ARRAY['accounts', 'leads', 'touches', 'attributes', 'transitions', 'outcomes']::regclass[])
        """;

    private long _known;
    private long _new;

    /// <summary>Rows came in.</summary>
    public async Task AddedAsync(int rows)
    {
        if (Interlocked.Add(ref _new, rows) >= Math.Max(LeastRows, Interlocked.Read(ref _known) / Share))
        {
            await LookAsync().ConfigureAwait(false);
        }
    }

    /// <summary>No more rows will come for now.</summary>
    public Task EndedAsync() => Interlocked.Read(ref _new) >= LeastAtTheEnd ? LookAsync() : Task.CompletedTask;

    /// <summary>Nobody can stop it: what was appended is appended, whoever has stopped waiting.</summary>
    private async Task LookAsync()
    {
        Interlocked.Add(ref _known, Interlocked.Exchange(ref _new, 0));
        try
        {
            NpgsqlConnection connection = await database.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            await connection.ExecuteAsync(Look).ConfigureAwait(false);
            long rows = await connection.ExecuteScalarAsync<long>(Rows).ConfigureAwait(false);
            Interlocked.Exchange(ref _known, rows);
        }
        catch (Exception fault) when (fault is NpgsqlException or Errors.StorageException)
        {
            // The server is away or busy with the same: it will look by itself.
        }
    }
}
