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

    private const string Look = "ANALYZE accounts, leads, touches, attributes, transitions, outcomes";
    private long _known;
    private long _new;

    /// <summary>Rows came in.</summary>
    public async Task AddedAsync(int rows, CancellationToken ct)
    {
        if (Interlocked.Add(ref _new, rows) >= Math.Max(LeastRows, Interlocked.Read(ref _known) / Share))
        {
            await LookAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>No more rows will come for now.</summary>
    public Task EndedAsync(CancellationToken ct) => Interlocked.Read(ref _new) >= LeastRows / Share ? LookAsync(ct) : Task.CompletedTask;

    private async Task LookAsync(CancellationToken ct)
    {
        Interlocked.Add(ref _known, Interlocked.Exchange(ref _new, 0));
        try
        {
            NpgsqlConnection connection = await database.ConnectAsync(ct).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            await connection.ExecuteAsync(new CommandDefinition(Look, cancellationToken: ct)).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is NpgsqlException or Errors.StorageException)
        {
            // The server is away or busy with the same: it will look by itself.
        }
    }
}
