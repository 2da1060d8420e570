using System.Data.Common;
using Dapper;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Rows;

namespace LeadPredict.Storage.Scores;

/// <summary>Last scores in a table.</summary>
internal sealed class StoredLastScores(IStoreDatabase database) : ILastScores
{
    // Three questions, since one with OR would read a whole table each time.
    private const string Never = "SELECT l.id FROM leads l WHERE l.merged_into IS NULL AND l.created_at < @now AND l.recorded_at < @now AND NOT EXISTS (SELECT 1 FROM lead_scores s WHERE s.lead_id = l.id) LIMIT @most";
    private const string Old = Scored + "s.as_of < @before" + Unchanged + Known + " ORDER BY s.as_of LIMIT @most";
    private const string Ahead = Scored + "s.as_of > @ahead" + Unchanged + Known + " LIMIT @most";
    private const string Changed = Scored + "s.changes <> s.scored_changes" + Known + " LIMIT @most";
    private const string Scored = "SELECT s.lead_id FROM lead_scores s JOIN leads l ON l.id = s.lead_id WHERE ";
    private const string Unchanged = " AND s.changes = s.scored_changes";
    private const string Known = " AND l.merged_into IS NULL AND l.created_at < @now AND l.recorded_at < @now";
    private const string First =
        "INSERT INTO lead_scores (lead_id, as_of, model, version, stage, score, next_stage, next_action) "
        + "VALUES (@LeadId, @AsOf, @Model, @Version, @Stage, @Score, @NextStage, @NextAction) ON CONFLICT (lead_id) DO NOTHING";

    // All that events are made from is compared, and whether the history is still the one that was scored.
    private const string Next =
        "UPDATE lead_scores SET as_of = @AsOf, model = @Model, version = @Version, stage = @Stage, score = @Score, next_stage = @NextStage, next_action = @NextAction, "
        + "scored_changes = changes WHERE lead_id = @LeadId AND changes = @LastChanges AND as_of = @LastAsOf AND score = @LastScore AND next_stage = @LastStage AND next_action = @LastAction";

    private const string OfLead = "(l.id = @leadId OR (l.read_group IS NOT NULL AND l.merged_into = @leadId))";
    private static readonly string[] LeadTables = ["touches", "attributes", "transitions", "outcomes"];

    public Task<IReadOnlyList<string>> DueAsync(
        DateTimeOffset before, DateTimeOffset now, int most, IReadOnlySet<string>? leftOut = null, CancellationToken ct = default) => database.ReadAsync<IReadOnlyList<string>>(
        async (connection, transaction) =>
        {
            List<string> due = [];
            foreach (string question in new[] { Never, Old, Ahead })
            {
                if (due.Count < most)
                {
                    due.AddRange((await FirstAsync(question, now, before, most, leftOut, connection, transaction, ct).ConfigureAwait(false)).Except(due, StringComparer.Ordinal));
                }
            }

            return [.. due.Take(most)];
        },
        ct);

    public Task<IReadOnlyList<string>> ChangedAsync(DateTimeOffset now, int most, IReadOnlySet<string>? leftOut = null, CancellationToken ct = default) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async (connection, transaction) => await FirstAsync(Changed, now, null, most, leftOut, connection, transaction, ct).ConfigureAwait(false), ct);

    public Task<LastScore?> FindAsync(string leadId, CancellationToken ct = default) => database.ReadAsync(
        async (connection, transaction) =>
        {
            (string Lead, long AsOf, long Score, string Stage, string Action, long Changes)? row = await connection.QuerySingleOrDefaultAsync<(string, long, long, string, string, long)?>(new(
                "SELECT lead_id, as_of, score, next_stage, next_action, changes FROM lead_scores WHERE lead_id = @leadId", new { leadId }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            return row is { } found ? new LastScore(found.Lead, UtcTime.FromMicroseconds(found.AsOf), (int)found.Score, found.Stage, found.Action) { Changes = found.Changes } : null;
        },
        ct);

    public Task<Keeping> KeepAsync(
        LoggedScore score, LastScore? last, IReadOnlyList<OutboxEvent> events, LoggedScore? challenger = null, LeadHistory? known = null, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            // Whoever was forgotten while being scored leaves nothing; asked first, since who forgets waits for whoever has asked.
            if ((await ForgottenLeads.AmongAsync([score.LeadId], connection, transaction, database.IsPostgres, ct).ConfigureAwait(false)).Count > 0)
            {
                return Keeping.Forgotten;
            }

            // Of a first score there is no mark that tells of changes: the history does. Whoever objected meanwhile is scored again, which gives none.
            if (last is null && ((known is not null && !await IsStillAsync(known, connection, transaction, ct).ConfigureAwait(false))
                || (score.Score is not null && await ObjectsAsync(score.LeadId, connection, transaction, ct).ConfigureAwait(false))))
            {
                return Keeping.Overtaken;
            }

            LoggedScoreRow row = LoggedScoreRow.Of(score);
            if (!await ReplaceAsync(row, last, connection, transaction, ct).ConfigureAwait(false))
            {
                return Keeping.Overtaken;
            }

            await connection.ExecuteAsync(new(LoggedScoreRow.Insert, row, transaction, cancellationToken: ct)).ConfigureAwait(false);
            if (challenger is not null)
            {
                await connection.ExecuteAsync(new(LoggedScoreRow.Insert, LoggedScoreRow.Of(challenger), transaction, cancellationToken: ct)).ConfigureAwait(false);
            }

            foreach (OutboxEvent one in events)
            {
                await connection.ExecuteAsync(new(
                    StoredOutbox.Insert,
                    new { one.EventId, one.LeadId, one.Kind, one.Payload, CreatedAt = UtcTime.ToMicroseconds(one.CreatedAt), DueAt = row.At },
                    transaction,
                    cancellationToken: ct)).ConfigureAwait(false);
            }

            return Keeping.Kept;
        },
        ct);

    private string TheirRows => database.IsPostgres ? "l.id = r.lead_id" : "l.lead_key = r.lead_key";

    /// <summary>Whether a lead has as many rows as were read, those of leads that are read as it among them, and itself lacks or tells the same.</summary>
    private async Task<bool> IsStillAsync(LeadHistory known, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        string leadId = known.Lead.Id;
        if (database.IsPostgres)
        {
            // Who has added rows and not ended yet is waited for, and who adds some now waits: its mark then finds the score.
            await connection.ExecuteAsync(new($"SELECT 1 FROM leads l WHERE {OfLead} ORDER BY l.id FOR UPDATE", new { leadId }, transaction, cancellationToken: ct)).ConfigureAwait(false);
        }

        string counts = string.Join(" + ", LeadTables.Select(table => $"(SELECT count(*) FROM {table} r WHERE {TheirRows})"));
        (string Id, string? Account, string? Source, long CreatedAt, long RecordedAt, long Rows)[] now = [.. await connection.QueryAsync<(string, string?, string?, long, long, long)>(new(
            $"SELECT l.id, coalesce(l.read_account, l.account_id), l.source, l.created_at, l.recorded_at, {counts} FROM leads l WHERE {OfLead}",
            new { leadId },
            transaction,
            cancellationToken: ct)).ConfigureAwait(false)];
        Lead then = known.Lead;
        return Array.Find(now, lead => lead.Id == leadId) is { Id: not null } own && now.Sum(lead => lead.Rows) == known.RecordedRows
            && own.Account == then.AccountId && (then.Source is null ? now.All(lead => lead.Source is null) : (own.Source ?? then.Source) == then.Source)
            && (now.Min(lead => lead.CreatedAt), now.Min(lead => lead.RecordedAt)) == (UtcTime.ToMicroseconds(then.CreatedAt), UtcTime.ToMicroseconds(then.RecordedAt));
    }

    private async Task<bool> ObjectsAsync(string leadId, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        IEnumerable<StoredAttribute> told = await connection.QueryAsync<StoredAttribute>(new(
            $"""
            SELECT r.name AS Name, r.occurred_at AS OccurredAt, r.recorded_at AS RecordedAt, r.kind AS Kind, r.text AS Text, r.number AS Number
            FROM leads l JOIN attributes r ON {TheirRows} WHERE {OfLead} AND lower(r.name) = @name
            """,
            new { leadId, name = ProfilingObjection.Attribute.ToLowerInvariant() },
            transaction,
            cancellationToken: ct)).ConfigureAwait(false);

        // In the order of a history, by which the lead was scored: else what was told of one instant would be judged in two ways, again and again.
        return ProfilingObjection.IsRaised(new LeadHistory(new() { Id = leadId, CreatedAt = DateTimeOffset.MinValue, RecordedAt = DateTimeOffset.MinValue }, attributes: told.Select(row => row.ToChange(leadId))));
    }

    private static async Task<List<string>> FirstAsync(
        string question, DateTimeOffset now, DateTimeOffset? before, int most, IReadOnlySet<string>? leftOut, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        object limits = new
        {
            before = UtcTime.ToMicroseconds(before ?? now),
            now = UtcTime.ToMicroseconds(now),
            ahead = UtcTime.ToMicroseconds(now + LastScore.Skew),
            most = most + (leftOut?.Count ?? 0),
        };
        IEnumerable<string> leads = await connection.QueryAsync<string>(new(question, limits, transaction, cancellationToken: ct)).ConfigureAwait(false);
        return [.. leads.Where(lead => leftOut?.Contains(lead) != true).Take(most)];
    }

    // Who comes second waits for the row until the first is done, so the numbers of a lead's events are in the order of its scores.
    private static async Task<bool> ReplaceAsync(LoggedScoreRow row, LastScore? last, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        object values = new
        {
            row.LeadId,
            row.AsOf,
            row.Model,
            row.Version,
            row.Stage,
            row.Score,
            row.NextStage,
            row.NextAction,
            LastAsOf = last is null ? 0 : UtcTime.ToMicroseconds(last.AsOf),
            LastScore = (long?)last?.Score ?? 0,
            LastStage = last?.NextStage ?? "",
            LastAction = last?.NextAction ?? "",
            LastChanges = last?.Changes ?? 0,
        };
        return await connection.ExecuteAsync(new(last is null ? First : Next, values, transaction, cancellationToken: ct)).ConfigureAwait(false) == 1;
    }
}
