using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>
/// Reads the usual request, a lead that came whole and with nothing wrong, in one pass over the bytes. Whatever is unusual or wrong it leaves to
/// <see cref="ScoreRequestReader"/>, which knows all and says what is wrong: this one only ever gives what that one would.
/// </summary>
internal static class QuickScoreReader
{
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
        int seen = 0;
        if (!json.Begin('{', '}', out bool more))
        {
            return null;
        }

        while (more)
        {
            if (!json.Name(out ReadOnlySpan<byte> name))
            {
                return null;
            }

            bool read;
            if (name.SequenceEqual("asOf"u8))
            {
                read = QuickValues.Once(ref seen, 0) && QuickValues.Instant(ref json, out asOf);
            }
            else if (name.SequenceEqual("lead"u8))
            {
                read = QuickValues.Once(ref seen, 1) && (lead = ReadLead(ref json, attributes)) is not null;
            }
            else if (name.SequenceEqual("touches"u8))
            {
                read = lead is not null && QuickValues.Once(ref seen, 2) && QuickRows.Touches(ref json, lead.Id, touches);
            }
            else
            {
                read = name.SequenceEqual("transitions"u8) && lead is not null && QuickValues.Once(ref seen, 3) && QuickRows.Transitions(ref json, lead.Id, transitions);
            }

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
        int seen = 0;
        if (!json.Begin('{', '}', out bool more))
        {
            return null;
        }

        while (more)
        {
            if (!json.Name(out ReadOnlySpan<byte> name))
            {
                return null;
            }

            bool read;
            if (name.SequenceEqual("id"u8))
            {
                read = QuickValues.Once(ref seen, 0) && QuickValues.Text(ref json, RequestLimits.NameLength, out id);
            }
            else if (name.SequenceEqual("createdAt"u8))
            {
                read = QuickValues.Once(ref seen, 1) && QuickValues.Instant(ref json, out created);
            }
            else if (name.SequenceEqual("source"u8))
            {
                read = QuickValues.Once(ref seen, 2) && QuickValues.Text(ref json, RequestLimits.NameLength, out source);
            }
            else if (name.SequenceEqual("attributes"u8))
            {
                read = QuickValues.Once(ref seen, 3) && QuickValues.Members(ref json, out values);
            }
            else if (name.SequenceEqual("accountId"u8))
            {
                read = QuickValues.Once(ref seen, 4) && QuickValues.Text(ref json, RequestLimits.NameLength, out account);
            }
            else
            {
                read = name.SequenceEqual("recordedAt"u8) && QuickValues.Once(ref seen, 5) && QuickValues.Instant(ref json, out recorded);
            }

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
            attributes.Add(new() { LeadId = id, Name = name, Value = value, OccurredAt = at, RecordedAt = lead.RecordedAt });
        }

        return lead;
    }
}
