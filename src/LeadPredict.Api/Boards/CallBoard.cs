using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Boards;

/// <summary>What goes with a call list; its rows are in the store. Immutable.</summary>
public sealed record CallBoard
{
    /// <summary>The instant the leads are scored at: now, or the end of a history that ended a while ago.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whether the history ended more than a week before now, so that <see cref="AsOf"/> is its end.</summary>
    public required bool IsPast { get; init; }

    /// <summary>The model that scored, or null while there is none: then the list is empty.</summary>
    public ModelStamp? Model { get; init; }

    /// <summary>The stage that the chances are of: <see cref="Stage.Won"/>, or <see cref="Stage.SalesQualified"/> where the model knows no wins; null without a model.</summary>
    public Stage? Goal { get; init; }

    /// <summary>What can be filtered by.</summary>
    public CallFacets Facets { get; init; } = CallFacets.None;

    /// <summary>What deals bring, or null when no won deal has an amount, or the model knows no wins.</summary>
    public DealWorth? Deals { get; init; }

    /// <summary>What the team can call in a day, as far as the history tells.</summary>
    public CallCapacity? Capacity { get; init; }

    /// <summary>Whether the first call was due: where it stands since the end of such a history by now, else by that end.</summary>
    internal bool IsOverdue(CallRow row, DateTimeOffset now) => row.CallDue < (row.StageSince >= AsOf ? now : AsOf);

    /// <summary>The instant to look at a lead: one that came or was decided after the end of a history that ended a while ago stands where it stands now. What is still ahead moves nobody.</summary>
    internal DateTimeOffset InstantFor(LeadHistory lead, DateTimeOffset now) =>
        IsPast && lead.Lead.IsKnownAt(AsOf) && !lead.Transitions.Any(move => Snapshot.Admits(move, now) && !Snapshot.Admits(move, AsOf)) ? AsOf : now;
}

/// <summary>A call list with what goes with it.</summary>
/// <param name="Board">What goes with it.</param>
/// <param name="Rows">The open leads between MQL and the model's goal, in the order of their accounts; empty without a model.</param>
public sealed record ListedCalls(CallBoard Board, IReadOnlyList<CallRow> Rows);

/// <summary>The values that occur on a call list, in order.</summary>
/// <param name="Stages">Stages.</param>
/// <param name="Sources">Sources, at most <see cref="MostSources"/>.</param>
/// <param name="Owners">Whose turn it is.</param>
public sealed record CallFacets(IReadOnlyList<Stage> Stages, IReadOnlyList<string> Sources, IReadOnlyList<string> Owners)
{
    /// <summary>Of an empty list.</summary>
    public static CallFacets None { get; } = new([], [], []);

    /// <summary>More sources than this nobody chooses from: those of most leads on the list are told.</summary>
    public const int MostSources = 100;

    /// <summary>How many sources occur besides.</summary>
    public int RarerSources { get; init; }

    internal static CallFacets Of(IReadOnlyList<CallRow> rows)
    {
        string[] sources = [.. rows.GroupBy(row => row.Source, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)];
        return new(
            [.. rows.Select(row => row.Stage).Distinct().Order()],
            [.. sources.Take(MostSources).Order(StringComparer.Ordinal)],
            [.. rows.Select(row => row.Next.Owner).Distinct().Order(StringComparer.Ordinal)])
        {
            RarerSources = Math.Max(0, sources.Length - MostSources),
        };
    }
}
