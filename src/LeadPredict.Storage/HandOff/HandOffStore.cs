using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Rows;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Storage.HandOff;

/// <summary>The hand-off's tables in either database.</summary>
/// <param name="statements">The database's way of saying it.</param>
/// <param name="database">The database of the history.</param>
internal sealed class HandOffStore(HandOffStatements statements, IStoreDatabase database) : IHandOffStore
{
    public Task<IReadOnlyList<AdoptedDefinitions>> ReadDefinitionsAsync(CancellationToken ct = default) =>
        database.ReadAsync((connection, transaction) => AdoptedAsync(connection, transaction, ct), ct);

    public Task<bool> AdoptAsync(AdoptedDefinitions definitions, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        return database.WriteAsync(
            async (connection, transaction) =>
            {
                await ExecuteAsync(connection, transaction, statements.LockDefinitions, null, ct).ConfigureAwait(false);
                IReadOnlyList<AdoptedDefinitions> known = await AdoptedAsync(connection, transaction, ct).ConfigureAwait(false);
                if (known.Any(other => other.Version == definitions.Version && other.Yaml == definitions.Yaml))
                {
                    return false;
                }

                if (known.Count > 0 && known[^1].Version >= definitions.Version)
                {
                    throw new DefinitionsConflictException(definitions.Version, known[^1].Version);
                }

                await ExecuteAsync(
                    connection,
                    transaction,
                    HandOffStatements.Adopt,
                    new { definitions.Version, definitions.Yaml, AdoptedAt = UtcTime.ToMicroseconds(definitions.AdoptedAt), definitions.Actor },
                    ct).ConfigureAwait(false);
                return true;
            },
            ct);
    }

    public async Task<bool> DecideAsync(StageDecision decision, int knownTransitions, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        HistoryCheck.Demand(new() { Transitions = [decision.Move], Outcomes = decision.Outcome is { } outcome ? [outcome] : [] });
        try
        {
            return await database.WriteAsync((connection, transaction) => WriteAsync(connection, transaction, decision, knownTransitions, ct), ct).ConfigureAwait(false);
        }
        catch (TakenIdentifierException)
        {
            return false;
        }
    }

    public Task<IReadOnlyList<DecisionNote>> ReadDecisionsAsync(string leadId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(leadId);
        return StorableText.Fault(leadId) is not null
            ? Task.FromResult<IReadOnlyList<DecisionNote>>([])
            : database.ReadAsync<IReadOnlyList<DecisionNote>>(
                async (connection, transaction) =>
                [
                    .. (await connection.QueryAsync<StoredDecision>(
                        new(statements.Decisions, new { LeadId = leadId }, transaction, cancellationToken: ct)).ConfigureAwait(false))
                        .Select(row => row.Note),
                ],
                ct);
    }

    private async Task<bool> WriteAsync(
        DbConnection connection, DbTransaction transaction, StageDecision decision, int knownTransitions, CancellationToken ct)
    {
        string?[] texts = await SuppressionList.TextsAsync(
            [decision.Move.Actor, decision.Move.Reason, decision.Note.Text], connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
        StageTransition move = decision.Move with { Actor = texts[0], Reason = texts[1] };
        DecisionNote note = decision.Note with { Text = texts[2] };
        var lead = new { move.LeadId };
        await ExecuteAsync(connection, transaction, statements.LockLead, lead, ct).ConfigureAwait(false);
        long count = await connection.ExecuteScalarAsync<long>(
            new(statements.CountTransitions, lead, transaction, cancellationToken: ct)).ConfigureAwait(false);
        if (count != knownTransitions)
        {
            return false;
        }

        int added = await ExecuteAsync(connection, transaction, statements.AddTransition, Row(move), ct).ConfigureAwait(false);
        if (added == 0)
        {
            return false;
        }

        // The move is there already, and goes again with the transaction.
        if (decision.Outcome is { } outcome && await ExecuteAsync(connection, transaction, statements.AddOutcome, Row(outcome), ct).ConfigureAwait(false) == 0)
        {
            throw new TakenIdentifierException();
        }

        await ExecuteAsync(
            connection,
            transaction,
            statements.AddDecision,
            new { move.LeadId, note.TransitionId, note.Action, note.DefinitionsVersion, note.Text },
            ct).ConfigureAwait(false);
        await ChangedScores.MarkAsync([move.LeadId], connection, transaction, database.IsPostgres, ct).ConfigureAwait(false);
        return true;
    }

    private static object Row(StageTransition move) => new
    {
        move.LeadId,
        move.Id,
        Stage = move.To.ToString(),
        OccurredAt = UtcTime.ToMicroseconds(move.OccurredAt),
        RecordedAt = UtcTime.ToMicroseconds(move.RecordedAt),
        move.Actor,
        move.Reason,
    };

    private static object Row(Outcome outcome) => new
    {
        outcome.LeadId,
        outcome.Id,
        outcome.Won,
        Amount = outcome.Amount?.ToString(CultureInfo.InvariantCulture),
        outcome.Currency,
        OccurredAt = UtcTime.ToMicroseconds(outcome.OccurredAt),
        RecordedAt = UtcTime.ToMicroseconds(outcome.RecordedAt),
    };

    private static Task<int> ExecuteAsync(
        DbConnection connection, IDbTransaction transaction, string statement, object? parameters, CancellationToken ct) =>
        connection.ExecuteAsync(new(statement, parameters, transaction, cancellationToken: ct));

    private static async Task<IReadOnlyList<AdoptedDefinitions>> AdoptedAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct) =>
    [
        .. (await connection.QueryAsync<StoredDefinitions>(
            new(HandOffStatements.Definitions, null, transaction, cancellationToken: ct)).ConfigureAwait(false)).Select(row => row.Adopted),
    ];

    private sealed class TakenIdentifierException : Exception;

    // Both databases' whole numbers find their way into settable properties, whatever their width.
    private sealed class StoredDefinitions
    {
        public long Version { get; set; }

        public string Yaml { get; set; } = "";

        public long AdoptedAt { get; set; }

        public string? Actor { get; set; }

        public AdoptedDefinitions Adopted => new((int)Version, Yaml, UtcTime.FromMicroseconds(AdoptedAt), Actor);
    }

    private sealed class StoredDecision
    {
        public string TransitionId { get; set; } = "";

        public string Action { get; set; } = "";

        public long DefinitionsVersion { get; set; }

        public string? Text { get; set; }

        public DecisionNote Note => new(TransitionId, Action, (int)DefinitionsVersion, Text);
    }
}
