using Dapper;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.People;

namespace LeadPredict.Storage.Scores;

/// <summary>Last scores in a table.</summary>
internal sealed class StoredLastScores(IStoreDatabase database) : ILastScores
{
    // Two questions, since one with OR would read the whole table of leads each time.
    private const string Never = "SELECT l.id FROM leads l WHERE l.merged_into IS NULL AND l.created_at < @now AND l.recorded_at < @now AND NOT EXISTS (SELECT 1 FROM lead_scores s WHERE s.lead_id = l.id) LIMIT @most";
    private const string Old = "SELECT s.lead_id FROM lead_scores s JOIN leads l ON l.id = s.lead_id WHERE s.as_of < @before AND l.merged_into IS NULL ORDER BY s.as_of LIMIT @most";
    private const string Keep =
        "INSERT INTO lead_scores (lead_id, as_of, model, version, stage, score, next_stage, next_action) "
        + "VALUES (@LeadId, @AsOf, @Model, @Version, @Stage, @Score, @NextStage, @NextAction) "
        + "ON CONFLICT (lead_id) DO UPDATE SET as_of = excluded.as_of, model = excluded.model, version = excluded.version, stage = excluded.stage, "
        + "score = excluded.score, next_stage = excluded.next_stage, next_action = excluded.next_action WHERE lead_scores.as_of < excluded.as_of";

    public Task<IReadOnlyList<string>> DueAsync(DateTimeOffset before, DateTimeOffset now, int most, CancellationToken ct = default) => database.ReadAsync<IReadOnlyList<string>>(
        async (connection, transaction) =>
        {
            object limits = new { before = UtcTime.ToMicroseconds(before), now = UtcTime.ToMicroseconds(now), most };
            List<string> due = [.. await connection.QueryAsync<string>(new(Never, limits, transaction, cancellationToken: ct)).ConfigureAwait(false)];
            return due.Count > 0 ? due : [.. await connection.QueryAsync<string>(new(Old, limits, transaction, cancellationToken: ct)).ConfigureAwait(false)];
        },
        ct);

    public Task<LastScore?> FindAsync(string leadId, CancellationToken ct = default) => database.ReadAsync(
        async (connection, transaction) =>
        {
            (string Lead, long AsOf, long Score, string Stage, string Action)? row = await connection.QuerySingleOrDefaultAsync<(string, long, long, string, string)?>(new(
                "SELECT lead_id, as_of, score, next_stage, next_action FROM lead_scores WHERE lead_id = @leadId", new { leadId }, transaction, cancellationToken: ct)).ConfigureAwait(false);
            return row is { } found ? new LastScore(found.Lead, UtcTime.FromMicroseconds(found.AsOf), (int)found.Score, found.Stage, found.Action) : null;
        },
        ct);

    public Task<bool> KeepAsync(LoggedScore score, IReadOnlyList<OutboxEvent> events, LoggedScore? challenger = null, CancellationToken ct = default) => database.WriteAsync(
        async (connection, transaction) =>
        {
            // Whoever was forgotten while being scored leaves nothing; asked first, since who forgets waits for whoever has asked.
            if ((await ForgottenLeads.AmongAsync([score.LeadId], connection, transaction, database.IsPostgres, ct).ConfigureAwait(false)).Count > 0)
            {
                return false;
            }

            LoggedScoreRow row = LoggedScoreRow.Of(score);
            if (await connection.ExecuteAsync(new(Keep, row, transaction, cancellationToken: ct)).ConfigureAwait(false) == 0)
            {
                return false;
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
                    new { one.EventId, one.LeadId, one.Kind, one.Payload, CreatedAt = UtcTime.ToMicroseconds(one.CreatedAt) },
                    transaction,
                    cancellationToken: ct)).ConfigureAwait(false);
            }

            return true;
        },
        ct);
}
