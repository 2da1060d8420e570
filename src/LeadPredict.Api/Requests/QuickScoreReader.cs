using System.Text.Json;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Api.Requests;

/// <summary>
/// Reads the usual request, a lead that came whole and with nothing wrong, in one pass over the bytes. Whatever is unusual or wrong it leaves to
/// <see cref="ScoreRequestReader"/>, which knows all and says what is wrong: this one only ever gives what that one would.
/// </summary>
internal static class QuickScoreReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = RequestLimits.Depth };

    /// <summary>The request, or null where the other reader must look.</summary>
    public static ScoreRequest? TryRead(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var json = new Utf8JsonReader(utf8, Options);
            return json.Read() && json.TokenType == JsonTokenType.StartObject && Root(ref json) is { } request && !json.Read() ? request : null;
        }
        catch (Exception unusual) when (unusual is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ScoreRequest? Root(ref Utf8JsonReader json)
    {
        DateTimeOffset? asOf = null;
        Lead? lead = null;
        List<AttributeChange> attributes = [];
        List<Touch> touches = new(QuickRows.UsualTouches);
        List<StageTransition> transitions = [];
        int seen = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("asOf"u8) && QuickValues.Once(ref seen, 0))
            {
                if (!QuickValues.Instant(ref json, out DateTimeOffset instant))
                {
                    return null;
                }

                asOf = instant;
            }
            else if (json.ValueTextEquals("lead"u8) && QuickValues.Once(ref seen, 1))
            {
                lead = ReadLead(ref json, attributes);
                if (lead is null)
                {
                    return null;
                }
            }
            else if (!(lead is not null && json.ValueTextEquals("touches"u8) && QuickValues.Once(ref seen, 2) && QuickRows.Touches(ref json, lead.Id, touches))
                && !(lead is not null && json.ValueTextEquals("transitions"u8) && QuickValues.Once(ref seen, 3) && QuickRows.Transitions(ref json, lead.Id, transitions)))
            {
                return null;
            }
        }

        return lead is not null && json.TokenType == JsonTokenType.EndObject
            ? new() { AsOf = asOf, Lead = new(lead, touches, attributes, transitions) }
            : null;
    }

    private static Lead? ReadLead(ref Utf8JsonReader json, List<AttributeChange> attributes)
    {
        string? id = null, account = null, source = null;
        DateTimeOffset? created = null, recorded = null;
        KeyValuePair<string, AttributeValue>[] values = [];
        int seen = 0;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool read;
            if (json.ValueTextEquals("id"u8))
            {
                read = QuickValues.Once(ref seen, 0) && QuickValues.Text(ref json, RequestLimits.NameLength, out id);
            }
            else if (json.ValueTextEquals("createdAt"u8))
            {
                read = QuickValues.Once(ref seen, 1) && QuickValues.Instant(ref json, out created);
            }
            else if (json.ValueTextEquals("source"u8))
            {
                read = QuickValues.Once(ref seen, 2) && QuickValues.Text(ref json, RequestLimits.NameLength, out source);
            }
            else if (json.ValueTextEquals("attributes"u8))
            {
                read = QuickValues.Once(ref seen, 3) && QuickValues.Members(ref json, out values);
            }
            else if (json.ValueTextEquals("accountId"u8))
            {
                read = QuickValues.Once(ref seen, 4) && QuickValues.Text(ref json, RequestLimits.NameLength, out account);
            }
            else
            {
                read = json.ValueTextEquals("recordedAt"u8) && QuickValues.Once(ref seen, 5) && QuickValues.Instant(ref json, out recorded);
            }

            if (!read)
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
