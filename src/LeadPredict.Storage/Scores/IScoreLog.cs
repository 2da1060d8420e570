namespace LeadPredict.Storage.Scores;

/// <summary>Every score that was given. Rows are only added, until they are too old or their lead is to be forgotten.</summary>
/// <remarks>Safe to use from several threads and processes.</remarks>
public interface IScoreLog
{
    /// <summary>Adds rows, all or none, but those of leads that were forgotten.</summary>
    Task AppendAsync(IReadOnlyList<LoggedScore> scores, CancellationToken ct = default);

    /// <summary>A lead's rows, the newest first, without answers.</summary>
    /// <param name="leadId">The lead.</param>
    /// <param name="most">At most so many, from 1.</param>
    /// <param name="ct">Stops the reading.</param>
    Task<IReadOnlyList<LoggedScore>> OfLeadAsync(string leadId, int most, CancellationToken ct = default);

    /// <summary>A model's rows, the oldest first, without answers, a page after the other.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="since">Given at this instant or later.</param>
    /// <param name="ct">Stops the reading.</param>
    IAsyncEnumerable<LoggedScore> OfModelAsync(string model, DateTimeOffset since, CancellationToken ct = default);

    /// <summary>Removes rows that were given before an instant, in one transaction, which others who write wait for.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="most">At most so many, from 1; of each model the oldest.</param>
    /// <param name="ct">Stops the removing.</param>
    /// <returns>How many.</returns>
    Task<int> RemoveBeforeAsync(DateTimeOffset instant, int most, CancellationToken ct = default);

    /// <summary>Removes all that is kept of a lead's scores: the log, the last score and events that wait or were delivered.</summary>
    Task ForgetAsync(string leadId, CancellationToken ct = default);
}
