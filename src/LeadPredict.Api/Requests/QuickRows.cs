using System.Buffers;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Requests;

/// <summary>The rows of <see cref="QuickScoreReader"/>'s lead. False leaves the request to the other reader.</summary>
internal static class QuickRows
{
    /// <summary>Room to begin with.</summary>
    public const int UsualTouches = 32;

    private const int MostTransitions = 16;
    private static readonly SearchValues<char> TypeLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");
    private static readonly byte[][] TouchMembers = QuickValues.Members("id", "type", "occurredAt", "properties", "recordedAt");
    private static readonly byte[][] TransitionMembers = QuickValues.Members("id", "to", "occurredAt", "recordedAt", "actor", "reason");
    private static readonly Stage[] Stages = Enum.GetValues<Stage>();
    private static readonly string[] StageNames = [.. Stages.Select(stage => stage.ToString())];
    private static readonly string[] TouchIds = [.. Enumerable.Range(0, 64).Select(i => $"touches/{i:D5}")];

    /// <summary>Reads an array of touches.</summary>
    public static bool Touches(ref JsonCursor json, string leadId, List<Touch> touches)
    {
        if (!json.Begin('[', ']', out bool more))
        {
            return false;
        }

        // A bit for each identifier that came: only where it is set the identifier is looked for.
        Span<ulong> ids = stackalloc ulong[16];
        ids.Clear();
        while (more)
        {
            // Beyond so many rows the search for repeats would take long.
            if (touches.Count == TouchIds.Length || ReadTouch(ref json, leadId, TouchIds[touches.Count]) is not { } touch)
            {
                return false;
            }

            int bit = ((33 * touch.Id[^1]) + (5 * touch.Id[touch.Id.Length / 2]) + touch.Id.Length) & 1023;
            if ((ids[bit >> 6] >> bit & 1) != 0 && Has(touches, touch.Id))
            {
                return false;
            }

            ids[bit >> 6] |= 1UL << bit;
            touches.Add(touch);
            if (!json.Go(']', out more))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads an array of transitions.</summary>
    public static bool Transitions(ref JsonCursor json, string leadId, List<StageTransition> transitions)
    {
        if (!json.Begin('[', ']', out bool more))
        {
            return false;
        }

        while (more)
        {
            if (ReadTransition(ref json, leadId, transitions) is not { } transition)
            {
                return false;
            }

            transitions.Add(transition);
            if (!json.Go(']', out more))
            {
                return false;
            }
        }

        return true;
    }

    private static Touch? ReadTouch(ref JsonCursor json, string leadId, string usualId)
    {
        string? id = null, type = null;
        DateTimeOffset? occurred = null, recorded = null;
        FewValues properties = FewValues.None;
        int seen = 0, member = -1;
        if (!json.Begin('{', '}', out bool more))
        {
            return null;
        }

        while (more)
        {
            member = json.Member(TouchMembers, member + 1);
            bool read = QuickValues.Once(ref seen, member) && member switch
            {
                0 => QuickValues.Text(ref json, RequestLimits.NameLength, out id),
                1 => QuickValues.Text(ref json, RequestLimits.NameLength, out type) && !type.AsSpan().ContainsAnyExcept(TypeLetters),
                2 => QuickValues.Instant(ref json, out occurred),
                3 => SharedProperties.Read(ref json, out properties),
                4 => QuickValues.Instant(ref json, out recorded),
                _ => false,
            };
            if (!read || !json.Go('}', out more))
            {
                return null;
            }
        }

        return type is null || occurred is not { } at ? null : new()
        {
            Id = id ?? usualId,
            LeadId = leadId,
            Type = type,
            OccurredAt = at,
            RecordedAt = recorded ?? at,
            Properties = properties,
        };
    }

    private static StageTransition? ReadTransition(ref JsonCursor json, string leadId, List<StageTransition> before)
    {
        string? id = null, to = null, actor = null, reason = null;
        DateTimeOffset? occurred = null, recorded = null;
        int seen = 0, member = -1;
        if (!json.Begin('{', '}', out bool more))
        {
            return null;
        }

        while (more)
        {
            member = json.Member(TransitionMembers, member + 1);
            bool read = QuickValues.Once(ref seen, member) && member switch
            {
                0 => QuickValues.Text(ref json, RequestLimits.NameLength, out id),
                1 => QuickValues.Text(ref json, RequestLimits.NameLength, out to),
                2 => QuickValues.Instant(ref json, out occurred),
                3 => QuickValues.Instant(ref json, out recorded),
                4 => QuickValues.Text(ref json, RequestLimits.NameLength, out actor),
                5 => QuickValues.Text(ref json, RequestLimits.TextLength, out reason),
                _ => false,
            };
            if (!read || !json.Go('}', out more))
            {
                return null;
            }
        }

        // Without an identifier a row gets one by its place: rare enough for the other reader.
        if ((id is null && before.Count > 0) || occurred is not { } at || Array.IndexOf(StageNames, to) is not (>= 0 and var stage) || before.Count == MostTransitions)
        {
            return null;
        }

        string key = id ?? "transitions/00000";
        return Has(before, key) ? null : new()
        {
            Id = key,
            LeadId = leadId,
            To = Stages[stage],
            OccurredAt = at,
            RecordedAt = recorded ?? at,
            Actor = actor,
            Reason = reason,
        };
    }

    private static bool Has(List<Touch> touches, string id)
    {
        foreach (Touch known in touches)
        {
            if (known.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(List<StageTransition> transitions, string id)
    {
        foreach (StageTransition known in transitions)
        {
            if (known.Id == id)
            {
                return true;
            }
        }

        return false;
    }
}
