using System.Text.Json.Serialization;

namespace LeadPredict.Storage.People;

/// <summary>What forgetting a person took away.</summary>
/// <param name="Leads">Leads that were the person.</param>
/// <param name="Rows">Rows removed from all tables.</param>
/// <param name="Mentions">Texts of other rows in which the person's address stood and was taken out.</param>
public sealed record Forgotten(int Leads, int Rows, int Mentions)
{
    /// <summary>Why what was removed is not overwritten in the file yet, and what to do; absent where it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }
}

/// <summary>People's rights over what is kept of them.</summary>
/// <remarks>Safe to use from several threads and processes.</remarks>
public interface IPeopleStore
{
    /// <summary>
    /// Removes a person from every table, with all leads that were merged with it, and keeps it from coming back: its identifiers and addresses are
    /// remembered as salted hashes only, and rows that bear one of them are refused. An unknown person is kept out all the same. A SQLite file is then written anew; whether or not
    /// that goes well (<see cref="Forgotten.Warning"/>), the person is removed.
    /// </summary>
    /// <param name="leadId">The lead, or null.</param>
    /// <param name="email">The address, in any case, or null; one of the two must be given.</param>
    /// <param name="at">When it was asked.</param>
    /// <param name="ct">Stops it; nothing is then removed.</param>
    Task<Forgotten> ForgetAsync(string? leadId, string? email, DateTimeOffset at, CancellationToken ct = default);
}
