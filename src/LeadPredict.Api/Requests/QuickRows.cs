using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Requests;

/// <summary>The rows of <see cref="QuickScoreReader"/>'s lead. False leaves the request to the other reader.</summary>
internal static class QuickRows
{
    /// <summary>Room to begin with.</summary>
    public const int UsualTouches = 32;

    private static readonly string[] TouchIds = [.. Enumerable.Range(0, 64).Select(i => $"touches/{i:D5}")];

    /// <summary>Reads an array of touches.</summary>
    public static bool Touches(ref Utf8JsonReader json, string leadId, List<Touch> touches)
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
                    read = QuickValues.Once(ref seen, 0) && QuickValues.Text(ref json, RequestLimits.NameLength, out id);
                }
                else if (json.ValueTextEquals("type"u8))
                {
                    read = QuickValues.Once(ref seen, 1) && QuickValues.Text(ref json, RequestLimits.NameLength, out type) && IsTouchType(type!);
                }
                else if (json.ValueTextEquals("occurredAt"u8))
                {
                    read = QuickValues.Once(ref seen, 2) && QuickValues.Instant(ref json, out occurred);
                }
                else if (json.ValueTextEquals("properties"u8))
                {
                    read = QuickValues.Once(ref seen, 3) && QuickValues.Members(ref json, out values);
                }
                else
                {
                    read = json.ValueTextEquals("recordedAt"u8) && QuickValues.Once(ref seen, 4) && QuickValues.Instant(ref json, out recorded);
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

    /// <summary>Reads an array of transitions.</summary>
    public static bool Transitions(ref Utf8JsonReader json, string leadId, List<StageTransition> transitions)
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
                bool read = json.ValueTextEquals("id"u8) ? QuickValues.Once(ref seen, 0) && QuickValues.Text(ref json, RequestLimits.NameLength, out id)
                    : json.ValueTextEquals("to"u8) ? QuickValues.Once(ref seen, 1) && QuickValues.Text(ref json, RequestLimits.NameLength, out to)
                    : json.ValueTextEquals("occurredAt"u8) ? QuickValues.Once(ref seen, 2) && QuickValues.Instant(ref json, out occurred)
                    : json.ValueTextEquals("recordedAt"u8) ? QuickValues.Once(ref seen, 3) && QuickValues.Instant(ref json, out recorded)
                    : json.ValueTextEquals("actor"u8) ? QuickValues.Once(ref seen, 4) && QuickValues.Text(ref json, RequestLimits.NameLength, out actor)
                    : json.ValueTextEquals("reason"u8) && QuickValues.Once(ref seen, 5) && QuickValues.Text(ref json, RequestLimits.TextLength, out reason);
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
