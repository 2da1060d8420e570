namespace LeadPredict.Training.Import.Rows;

/// <summary>The lead that a row is about.</summary>
/// <param name="LeadId">Its identifier.</param>
/// <param name="CreatedAt">Its creation, where the row makes it.</param>
/// <param name="RecordedAt">When we knew of it, where the row makes it.</param>
internal sealed record RowSubject(string LeadId, DateTimeOffset? CreatedAt, DateTimeOffset? RecordedAt);
