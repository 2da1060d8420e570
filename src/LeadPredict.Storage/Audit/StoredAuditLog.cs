using Dapper;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Operations;

namespace LeadPredict.Storage.Audit;

/// <summary>Admin actions in a table.</summary>
internal sealed class StoredAuditLog(IStoreDatabase database) : IAuditLog
{
    public Task AppendAsync(AuditEntry entry, CancellationToken ct = default) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(new(
            "INSERT INTO audit_log (at, actor, action, subject, outcome) VALUES (@At, @Actor, @Action, @Subject, @Outcome)",
            new { At = UtcTime.ToMicroseconds(entry.At), entry.Actor, entry.Action, entry.Subject, entry.Outcome },
            transaction,
            cancellationToken: ct)),
        ct);

    public Task<IReadOnlyList<AuditEntry>> ReadAsync(int most, CancellationToken ct = default) => database.ReadAsync<IReadOnlyList<AuditEntry>>(
        async (connection, transaction) =>
        {
            IEnumerable<(long At, string Actor, string Action, string Subject, string Outcome)> rows =
                await connection.QueryAsync<(long, string, string, string, string)>(new(
                    "SELECT at, actor, action, subject, outcome FROM audit_log ORDER BY at DESC, id DESC LIMIT @most",
                    new { most },
                    transaction,
                    cancellationToken: ct)).ConfigureAwait(false);
            return [.. rows.Select(row => new AuditEntry(UtcTime.FromMicroseconds(row.At), row.Actor, row.Action, row.Subject, row.Outcome))];
        },
        ct);
}
