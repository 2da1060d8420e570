using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Boards;

/// <summary>The whole history looked at once, in aggregates; the open leads beside it are rows of the store. Immutable.</summary>
public sealed record Board
{
    /// <summary>The instant the leads are scored at: now, or the end of a history that ended a while ago.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whether the history ended more than a week before now, so that <see cref="AsOf"/> is its end.</summary>
    public required bool IsPast { get; init; }

    /// <summary>The model that scored, or null while there is none.</summary>
    public ModelStamp? Model { get; init; }

    /// <summary>How the funnel does.</summary>
    public required FunnelReport Funnel { get; init; }

    /// <summary>What can be filtered by on the call list.</summary>
    public CallFacets Facets { get; init; } = CallFacets.None;

    /// <summary>The champion's promises held against what happened; null without a model.</summary>
    public KeptPromises? Promises { get; init; }

    /// <summary>How leads of late differ from those that the champion learned from; null where it keeps nothing to hold them against.</summary>
    public InputDrift? Inputs { get; init; }

    /// <summary>The champion's scorecard beside the evidence; null without either.</summary>
    public CardStudy? Rules { get; init; }

    /// <summary>What deals bring, or null when no won deal has an amount.</summary>
    public DealWorth? Deals { get; init; }
}

/// <summary>A board and the call list that goes with it.</summary>
/// <param name="Board">The aggregates.</param>
/// <param name="Calls">The open leads between MQL and won, in the order of their accounts; empty without a model.</param>
public sealed record LookedAt(Board Board, IReadOnlyList<CallRow> Calls);

/// <summary>The values that occur on a call list, in order.</summary>
/// <param name="Stages">Stages.</param>
/// <param name="Sources">Sources.</param>
/// <param name="Owners">Whose turn it is.</param>
public sealed record CallFacets(IReadOnlyList<Stage> Stages, IReadOnlyList<string> Sources, IReadOnlyList<string> Owners)
{
    /// <summary>Of an empty list.</summary>
    public static CallFacets None { get; } = new([], [], []);

    internal static CallFacets Of(IReadOnlyList<CallRow> rows) => new(
        [.. rows.Select(row => row.Stage).Distinct().Order()],
        [.. rows.Select(row => row.Source).Distinct().Order(StringComparer.Ordinal)],
        [.. rows.Select(row => row.Next.Owner).Distinct().Order(StringComparer.Ordinal)]);
}

/// <summary>An open lead on the call list.</summary>
public sealed record CallRow
{
    /// <summary>The lead.</summary>
    public required string LeadId { get; init; }

    /// <summary>The company's name, or null.</summary>
    public string? Account { get; init; }

    /// <summary>The lead's job title, or null.</summary>
    public string? JobTitle { get; init; }

    /// <summary>Where the lead came from.</summary>
    public required string Source { get; init; }

    /// <summary>The company's size as a group, as <c>50 to 249</c>.</summary>
    public required string Size { get; init; }

    /// <summary>Where the lead stands.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>The chance to close (or of the one probability that there is), with its interval.</summary>
    public required ShareEstimate Probability { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Score { get; init; }

    /// <summary>A to D.</summary>
    public required string Grade { get; init; }

    /// <summary>The rules' points, or null without a scorecard.</summary>
    public double? Points { get; init; }

    /// <summary>The rules' grade, or null.</summary>
    public string? RulesGrade { get; init; }

    /// <summary>Whether model and rules say the same.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>The chance to close times what deals with companies of this size usually bring; null when no amount is known.</summary>
    public double? Worth { get; init; }

    /// <summary>What to do.</summary>
    public required NextStep Next { get; init; }

    /// <summary>Why it is here: the strongest reasons for and against, in words.</summary>
    public required IReadOnlyList<string> Why { get; init; }

    /// <summary>Until when sales promised the first call; null when it was made or nothing was promised.</summary>
    public DateTimeOffset? CallDue { get; init; }

    /// <summary>The row with what a call is worth.</summary>
    public CallRow WorthBy(DealWorth? deals) => deals is null ? this with { Worth = null } : this with { Worth = Probability.Value * deals.Of(Size) };
}
