using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Boards;

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

    /// <summary>The chance to close, or to become SQL where the model knows no wins, with its interval.</summary>
    public required ShareEstimate Probability { get; init; }

    /// <summary>The stage that the chance takes the lead to have reached already, since the model's funnel begins there; null when the lead has. Such a chance promises nothing.</summary>
    public Stage? Assumes { get; init; }

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

    /// <summary>The chance to close times what deals with companies of this size usually bring; null when no amount is known, the model knows no wins, or the chance assumes a stage.</summary>
    public double? Worth { get; init; }

    /// <summary>What to do.</summary>
    public required NextStep Next { get; init; }

    /// <summary>Why it is here: the strongest reasons for and against, in words.</summary>
    public required IReadOnlyList<string> Why { get; init; }

    /// <summary>Until when sales promised the first call; null when it was made or nothing was promised.</summary>
    public DateTimeOffset? CallDue { get; init; }

    /// <summary>The row with what a call is worth.</summary>
    public CallRow WorthBy(DealWorth? deals) => this with { Worth = Assumes is null ? Probability.Value * deals?.Of(Size) : null };
}
