using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Requests;

/// <summary>
/// Reads the usual request, a lead that came whole and with nothing wrong, in one pass over the bytes. Whatever is unusual or wrong it leaves to
/// <see cref="ScoreRequestReader"/>, which knows all and says what is wrong: this one only ever gives what that one would.
/// </summary>
internal static class QuickScoreReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = RequestLimits.Depth };
    private static readonly string[] TouchIds = [.. Enumerable.Range(0, 64).Select(i => $"touches/{i:D5}")];

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
        List<Touch> touches = [];
        List<StageTransition> transitions = [];
        int seen = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("asOf"u8) && Once(ref seen, 0))
            {
                if (!QuickValues.Instant(ref json, out DateTimeOffset instant))
                {
                    return null;
                }

                asOf = instant;
            }
            else if (json.ValueTextEquals("lead"u8) && Once(ref seen, 1))
            {
                lead = ReadLead(ref json, attributes);
                if (lead is null)
                {
                    return null;
                }
            }
            else if (!(lead is not null && json.ValueTextEquals("touches"u8) && Once(ref seen, 2) && ReadTouches(ref json, lead.Id, touches))
                && !(lead is not null && json.ValueTextEquals("transitions"u8) && Once(ref seen, 3) && ReadTransitions(ref json, lead.Id, transitions)))
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
                read = Once(ref seen, 0) && QuickValues.Text(ref json, RequestLimits.NameLength, out id);
            }
            else if (json.ValueTextEquals("createdAt"u8))
            {
                read = Once(ref seen, 1) && QuickValues.Instant(ref json, out created);
            }
            else if (json.ValueTextEquals("source"u8))
            {
                read = Once(ref seen, 2) && QuickValues.Text(ref json, RequestLimits.NameLength, out source);
            }
            else if (json.ValueTextEquals("attributes"u8))
            {
                read = Once(ref seen, 3) && QuickValues.Members(ref json, out values);
            }
            else if (json.ValueTextEquals("accountId"u8))
            {
                read = Once(ref seen, 4) && QuickValues.Text(ref json, RequestLimits.NameLength, out account);
            }
            else
            {
                read = json.ValueTextEquals("recordedAt"u8) && Once(ref seen, 5) && QuickValues.Instant(ref json, out recorded);
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

    private static bool ReadTouches(ref Utf8JsonReader json, string leadId, List<Touch> touches)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            string? id = null, type = null;
            DateTimeOffset? occurred = null, recorded = null;
            KeyValuePair<string, AttributeValue>[] values = [];
            int seen = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool read;
                if (json.ValueTextEquals("id"u8))
                {
                    read = Once(ref seen, 0) && QuickValues.Text(ref json, RequestLimits.NameLength, out id);
                }
                else if (json.ValueTextEquals("type"u8))
                {
                    read = Once(ref seen, 1) && QuickValues.Text(ref json, RequestLimits.NameLength, out type) && IsTouchType(type!);
                }
                else if (json.ValueTextEquals("occurredAt"u8))
                {
                    read = Once(ref seen, 2) && QuickValues.Instant(ref json, out occurred);
                }
                else if (json.ValueTextEquals("properties"u8))
                {
                    read = Once(ref seen, 3) && QuickValues.Members(ref json, out values);
                }
                else
                {
                    read = json.ValueTextEquals("recordedAt"u8) && Once(ref seen, 4) && QuickValues.Instant(ref json, out recorded);
                }

                if (!read)
                {
                    return false;
                }
            }

            // Beyond so many rows the search for repeats would take long.
            if (touches.Count == TouchIds.Length || type is null || occurred is not { } at)
            {
                return false;
            }

            touches.Add(new()
            {
                Id = id ?? TouchIds[touches.Count],
                LeadId = leadId,
                Type = type,
                OccurredAt = at,
                RecordedAt = recorded ?? at,
                Properties = new FewValues(values),
            });
            if (Repeats(touches))
            {
                return false;
            }
        }

        return json.TokenType == JsonTokenType.EndArray;
    }

    private static bool ReadTransitions(ref Utf8JsonReader json, string leadId, List<StageTransition> transitions)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            string? id = null, to = null, actor = null, reason = null;
            DateTimeOffset? occurred = null, recorded = null;
            int seen = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool read = json.ValueTextEquals("id"u8) ? Once(ref seen, 0) && QuickValues.Text(ref json, RequestLimits.NameLength, out id)
                    : json.ValueTextEquals("to"u8) ? Once(ref seen, 1) && QuickValues.Text(ref json, RequestLimits.NameLength, out to)
                    : json.ValueTextEquals("occurredAt"u8) ? Once(ref seen, 2) && QuickValues.Instant(ref json, out occurred)
                    : json.ValueTextEquals("recordedAt"u8) ? Once(ref seen, 3) && QuickValues.Instant(ref json, out recorded)
                    : json.ValueTextEquals("actor"u8) ? Once(ref seen, 4) && QuickValues.Text(ref json, RequestLimits.NameLength, out actor)
                    : json.ValueTextEquals("reason"u8) && Once(ref seen, 5) && QuickValues.Text(ref json, RequestLimits.TextLength, out reason);
                if (!read)
                {
                    return false;
                }
            }

            // Without an identifier a row gets one by its place: rare enough for the other reader.
            if (id is null && transitions.Count > 0 || to is null || occurred is not { } at || !Enum.IsDefined(typeof(Stage), to) || transitions.Count == 16)
            {
                return false;
            }

            string key = id ?? "transitions/00000";
            if (transitions.Exists(known => known.Id == key))
            {
                return false;
            }

            transitions.Add(new()
            {
                Id = key,
                LeadId = leadId,
                To = Enum.Parse<Stage>(to),
                OccurredAt = at,
                RecordedAt = recorded ?? at,
                Actor = actor,
                Reason = reason,
            });
        }

        return json.TokenType == JsonTokenType.EndArray;
    }

    private static bool Once(ref int seen, int member)
    {
        bool first = (seen & (1 << member)) == 0;
        seen |= 1 << member;
        return first;
    }

    private static bool Repeats(List<Touch> touches)
    {
        string last = touches[^1].Id;
        for (int i = 0; i < touches.Count - 1; i++)
        {
            if (touches[i].Id == last)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTouchType(string type)
    {
        foreach (char c in type)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
