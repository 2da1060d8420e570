using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>
/// Reads the usual request, a lead that came whole and with nothing wrong, in one pass over the bytes. Whatever is unusual or wrong it leaves to
/// <see cref="ScoreRequestReader"/>, which knows all and says what is wrong: this one only ever gives what that one would.
/// </summary>
internal static class QuickScoreReader
{
    private static readonly byte[][] RootMembers = QuickValues.Members("asOf", "lead", "touches", "transitions");
    private static readonly byte[][] LeadMembers = QuickValues.Members("id", "createdAt", "source", "attributes", "accountId", "recordedAt");

    /// <summary>The request, or null where the other reader must look.</summary>
    public static ScoreRequest? TryRead(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var json = new JsonCursor(utf8);
            return Root(ref json) is { } request && json.IsAtEnd() ? request : null;
        }
        catch (Exception unusual) when (unusual is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ScoreRequest? Root(ref JsonCursor json)
    {
        DateTimeOffset? asOf = null;
        Lead? lead = null;
        List<AttributeChange> attributes = [];
        List<Touch> touches = new(QuickRows.UsualTouches);
        List<StageTransition> transitions = [];
        int seen = 0, member = -1;
        if (!json.Begin('{', '}', out bool more))
        {
            return null;
        }

        while (more)
        {
            member = json.Member(RootMembers, member + 1);
            bool read = QuickValues.Once(ref seen, member) && member switch
            {
                0 => QuickValues.Instant(ref json, out asOf),
                1 => (lead = ReadLead(ref json, attributes)) is not null,
                2 => lead is not null && QuickRows.Touches(ref json, lead.Id, touches),
                3 => lead is not null && QuickRows.Transitions(ref json, lead.Id, transitions),
                _ => false,
            };
            if (!read || !json.Go('}', out more))
            {
                return null;
            }
        }

        return lead is null ? null : new() { AsOf = asOf, Lead = new(lead, touches, attributes, transitions) };
    }

    private static Lead? ReadLead(ref JsonCursor json, List<AttributeChange> attributes)
    {
        string? id = null, account = null, source = null;
        DateTimeOffset? created = null, recorded = null;
        KeyValuePair<string, AttributeValue>[] values = [];
        int seen = 0, member = -1;
        if (!json.Begin('{', '}', out bool more))
        {
            return null;
        }

        while (more)
        {
            member = json.Member(LeadMembers, member + 1);
            bool read = QuickValues.Once(ref seen, member) && member switch
            {
                0 => QuickValues.Text(ref json, RequestLimits.NameLength, out id),
                1 => QuickValues.Instant(ref json, out created),
                2 => QuickValues.Text(ref json, RequestLimits.NameLength, out source),
                3 => QuickValues.Members(ref json, out values),
                4 => QuickValues.Text(ref json, RequestLimits.NameLength, out account),
                5 => QuickValues.Instant(ref json, out recorded),
                _ => false,
            };
            if (!read || !json.Go('}', out more))
            {
                return null;
            }
        }

        if (id is null || created is not { } at)
        {
            return null;
        }

        Lead lead = new() { Id = id, AccountId = account, Source = source, CreatedAt = at, RecordedAt = recorded ?? at };
        foreach ((string name, AttributeValue value) in values)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                return null;
            }

            attributes.Add(lead.Initially(name, value));
        }

        return lead;
    }
}
