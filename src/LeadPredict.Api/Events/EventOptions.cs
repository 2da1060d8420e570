using LeadPredict.Api.Security;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Events;

/// <summary>How events leave the service.</summary>
public enum EventFormat
{
    /// <summary>This service's own: one JSON object, signed as Standard Webhooks says.</summary>
    LeadPredict = 0,

    /// <summary>A PATCH of a HubSpot contact's properties.</summary>
    HubSpot = 1,

    /// <summary>A row of Dynamics 365's <c>msdyn_predictivescore</c>.</summary>
    Dynamics = 2,
}

/// <summary>Where events go and what makes one.</summary>
public sealed record EventOptions
{
    /// <summary>Where events are sent: https, or http to a loopback address. For HubSpot and Dynamics the root of their interface.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// The keys of signatures, each at least 24 bytes: an event is signed by all of them, so that receivers go over from one to the next when they like. None by
    /// default, which signs nothing. For <see cref="EventFormat.LeadPredict"/>.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<byte>> Secrets { get; init; } = [];

    /// <summary>What is sent as <c>Authorization: Bearer</c>, visible ASCII characters; or null.</summary>
    public string? Token { get; init; }

    /// <summary>The shape. Default <see cref="EventFormat.LeadPredict"/>.</summary>
    public EventFormat Format { get; init; }

    /// <summary>Scores, 1 to 100, whose crossing in either direction is an event. Default 80 and 50.</summary>
    public IReadOnlyList<int> Thresholds { get; init; } = [80, 50];

    /// <summary>What stands before the receiver's own identifiers in those of leads, and is left out of its addresses; of leads without it the receiver is told nothing. Empty by default. For <see cref="EventFormat.HubSpot"/>.</summary>
    public string LeadIdPrefix { get; init; } = "";

    /// <summary>Whether an event overwrites what the receiver has of the lead, so that an older one must not come after a newer one.</summary>
    internal bool Overwrites => Format != EventFormat.LeadPredict;

    /// <summary>What the receiver is told of a score: of a lead that it knows, and where one event overwrites the other, one of them.</summary>
    internal IReadOnlyList<OutboxEvent> Of(LeadScore score, LastScore? last, DateTimeOffset createdAt)
    {
        IReadOnlyList<OutboxEvent> events = Reaches(score.LeadId) ? ScoreEvents.Of(score, last, createdAt, Thresholds) : [];
        return Overwrites ? [.. events.Take(1)] : events;
    }

    /// <summary>Whether the receiver is told of this lead: another system's may have the number of a contact there, and no name or one of dots would lead to another address.</summary>
    internal bool Reaches(string leadId) =>
        leadId.StartsWith(LeadIdPrefix, StringComparison.Ordinal) && (Format != EventFormat.HubSpot || leadId.AsSpan(LeadIdPrefix.Length) is not ("" or "." or ".."));

    internal void Check()
    {
        if (!Url.IsAbsoluteUri || !(Url.Scheme == "https" || (Url.Scheme == "http" && Url.IsLoopback)))
        {
            throw new ArgumentException($"events to '{Url}'; expected an https address, or http on this machine");
        }

        if (Secrets.FirstOrDefault(secret => secret.Count < 24) is { } shortest)
        {
            throw new ArgumentException($"a signing secret of {shortest.Count} bytes; expected 24 or more");
        }

        if (Token is not null && !HeaderText.Carries(Token))
        {
            throw new ArgumentException("a bearer token of events with a character that no header carries; expected visible ASCII characters");
        }

        if (Thresholds.Any(threshold => threshold is < 1 or > 100))
        {
            throw new ArgumentException("a threshold outside 1 to 100");
        }
    }
}
