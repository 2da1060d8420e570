namespace LeadPredict.Storage.Audit;

/// <summary>Who changed what serves. Rows are only added.</summary>
public interface IAuditLog
{
    /// <summary>Adds a row.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken ct = default);

    /// <summary>The newest rows first.</summary>
    /// <param name="most">At most so many, from 1.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(int most, CancellationToken ct = default);
}

/// <summary>One action of an administrator.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The key's name and identifier, or <c>console</c>.</param>
/// <param name="Action">For example <c>promote</c> or <c>keys.revoke</c>.</param>
/// <param name="Subject">What it was done to, for example <c>leads@3</c>.</param>
/// <param name="Outcome"><c>done</c>, or why not.</param>
public sealed record AuditEntry(DateTimeOffset At, string Actor, string Action, string Subject, string Outcome);
