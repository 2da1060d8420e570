using System.Data.Common;
using System.Globalization;
using Dapper;
using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Operations;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Measures;

/// <summary>
/// A funnel measured by the database: it finds stays, episodes and first calls and counts what can be counted; only the lengths of stays and episodes come out
/// one by one, for the estimates that need each. The same figures as <see cref="FunnelMeasurement"/> over all accounts, without score bands.
/// </summary>
public static class FunnelFigures
{
    /// <summary>Seconds; large histories take their time.</summary>
    private const int Unhurried = 600;

    /// <summary>Measures a history.</summary>
    /// <param name="history">A store that <see cref="HistoryStores"/> opened.</param>
    /// <param name="question">What is to be measured.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="ArgumentException">The store is of another kind.</exception>
    /// <exception cref="Errors.StorageException">The database does not serve.</exception>
    public static Task<FunnelReport> OfAsync(IHistoryStore history, FunnelQuestion question, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        IStoreDatabase database = StoreDatabases.Of(history);
        return database.ReadAsync(
            async (connection, transaction) =>
            {
                var statements = new FunnelStatements(database.IsPostgres, UtcTime.ToMicroseconds(question.ObservedUntil));
                var tally = new FunnelTally(question with { BandsFrom = null });
                await FillAsync(connection, transaction, statements, question, ct).ConfigureAwait(false);
                await CountAsync(connection, transaction, statements, tally, ct).ConfigureAwait(false);
                await ReadLengthsAsync(connection, transaction, statements, question, tally, ct).ConfigureAwait(false);
                if (!database.IsPostgres)
                {
                    await RunAsync(connection, transaction, Drops(), ct).ConfigureAwait(false);
                }

                return tally.Report();
            },
            ct);
    }

    private static IEnumerable<string> Drops() => FunnelStatements.Tables.Select(table => $"DROP TABLE IF EXISTS temp.{table}");

    private static async Task FillAsync(DbConnection connection, DbTransaction transaction, FunnelStatements statements, FunnelQuestion question, CancellationToken ct)
    {
        if (connection is SqliteConnection sqlite)
        {
            sqlite.CreateAggregate("decimal_sum", 0m, (decimal sum, string amount) => sum + decimal.Parse(amount, CultureInfo.InvariantCulture), sum => sum.ToString(CultureInfo.InvariantCulture));
            await RunAsync(connection, transaction, Drops(), ct).ConfigureAwait(false);
        }

        await RunAsync(connection, transaction, [.. statements.Make(), statements.FillPeople, statements.FillStays, statements.FillCalls], ct).ConfigureAwait(false);
        if (question.Segments.Count > 0)
        {
            var names = new DynamicParameters();
            for (int i = 0; i < question.Segments.Count; i++)
            {
                names.Add($"s{i}", string.Concat(question.Segments[i].Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter)));
            }

            await connection.ExecuteAsync(new(statements.FillValues(question.Segments.Count), names, transaction, Unhurried, cancellationToken: ct)).ConfigureAwait(false);
        }

        long start = question.Funnel.Start is { } from ? UtcTime.ToMicroseconds(from) : 0;
        await RunAsync(
            connection,
            transaction,
            [.. statements.Index(), statements.FillMqls(question.Definitions), .. question.Funnel.Links.Select((link, place) => FunnelStatements.FillEpisodes(place, link, start))],
            ct).ConfigureAwait(false);
    }

    private static async Task CountAsync(DbConnection connection, DbTransaction transaction, FunnelStatements statements, FunnelTally tally, CancellationToken ct)
    {
        await EachAsync(connection, transaction, statements.Leads, row => tally.AddLeads(Text(row, 0), Count(row, 1), Count(row, 2), Count(row, 3), Count(row, 4)), ct).ConfigureAwait(false);
        await EachAsync(
            connection,
            transaction,
            statements.Amounts,
            row => tally.AddAmounts(Text(row, 0), row.GetString(1), decimal.Parse(row.GetString(2), CultureInfo.InvariantCulture), Count(row, 3)),
            ct).ConfigureAwait(false);
        await EachAsync(connection, transaction, statements.Moves, row => tally.AddMoves(row.GetString(0), (Stage)Count(row, 1), (Stage)Count(row, 2), (Stage)Count(row, 3), Text(row, 4), Count(row, 5)), ct).ConfigureAwait(false);
        await EachAsync(connection, transaction, statements.Sqls, row => tally.AddSqls(row.GetString(0), Count(row, 1)), ct).ConfigureAwait(false);
        await EachAsync(connection, transaction, FunnelStatements.Calls, row => tally.AddCalls(row.GetString(0), Count(row, 1), Count(row, 2), Count(row, 3), Count(row, 4)), ct).ConfigureAwait(false);
    }

    private static async Task ReadLengthsAsync(
        DbConnection connection, DbTransaction transaction, FunnelStatements statements, FunnelQuestion question, FunnelTally tally, CancellationToken ct)
    {
        await EachAsync(
            connection,
            transaction,
            FunnelStatements.Waits,
            row => tally.AddWait(row.GetString(0), new(TimeSpan.FromMicroseconds(row.GetInt64(1)).TotalDays, Count(row, 2) == 1)),
            ct).ConfigureAwait(false);
        await EachAsync(connection, transaction, statements.Stays, row => tally.AddStay((Stage)Count(row, 0), Instant(row, 1)!.Value, Instant(row, 2)), ct).ConfigureAwait(false);
        int segments = question.Segments.Count;
        await EachAsync(
            connection,
            transaction,
            FunnelStatements.Episodes(segments),
            row => tally.AddEpisode(
                Count(row, 0),
                Instant(row, 1)!.Value,
                row.IsDBNull(3) ? EpisodeEnd.Open : ((Stage)Count(row, 3)).Reaches(question.Funnel.Links[Count(row, 0)].To) ? EpisodeEnd.Converted : EpisodeEnd.Left,
                Instant(row, 2),
                Text(row, 4),
                [.. Enumerable.Range(5, segments).Select(column => SegmentNames.Of(Text(row, column)))]),
            ct).ConfigureAwait(false);
    }

    private static async Task RunAsync(DbConnection connection, DbTransaction transaction, IEnumerable<string> statements, CancellationToken ct)
    {
        foreach (string statement in statements)
        {
            await connection.ExecuteAsync(new(statement, transaction: transaction, commandTimeout: Unhurried, cancellationToken: ct)).ConfigureAwait(false);
        }
    }

    private static async Task EachAsync(DbConnection connection, DbTransaction transaction, string statement, Action<DbDataReader> take, CancellationToken ct)
    {
        DbDataReader rows = (DbDataReader)await connection.ExecuteReaderAsync(new(statement, transaction: transaction, commandTimeout: Unhurried, cancellationToken: ct)).ConfigureAwait(false);
        await using var closing = rows.ConfigureAwait(false);
        while (await rows.ReadAsync(ct).ConfigureAwait(false))
        {
            take(rows);
        }
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static int Count(DbDataReader row, int column) => (int)row.GetInt64(column);

    private static DateTimeOffset? Instant(DbDataReader row, int column) => row.IsDBNull(column) ? null : UtcTime.FromMicroseconds(row.GetInt64(column));
}
