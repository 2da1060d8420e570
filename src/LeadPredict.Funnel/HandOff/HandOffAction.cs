using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.HandOff;

/// <summary>A decision that sales or marketing takes about a lead where the one hands it to the other, or afterwards.</summary>
public enum HandOffAction
{
    /// <summary>Sales takes an MQL on: it becomes SAL.</summary>
    Accept = 0,

    /// <summary>Sales sends an MQL or SAL back; the reason says whether it is recycled or disqualified.</summary>
    Reject = 1,

    /// <summary>Sales holds the lead ready to buy: it becomes SQL.</summary>
    Qualify = 2,

    /// <summary>Back to nurturing.</summary>
    Recycle = 3,

    /// <summary>Will never buy.</summary>
    Disqualify = 4,

    /// <summary>A recycled, lost or disqualified lead comes back.</summary>
    Reopen = 5,

    /// <summary>The deal is won.</summary>
    Won = 6,

    /// <summary>The deal is lost.</summary>
    Lost = 7,
}

/// <summary>Which action may follow which stage, and how a move in a history reads as an action. Pure functions.</summary>
public static class HandOffActions
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<HandOffAction> All { get; } = Enum.GetValues<HandOffAction>();

    /// <summary>The action's name in routes, commands and files: lower case.</summary>
    public static string Word(this HandOffAction action) => action switch
    {
        HandOffAction.Accept => "accept",
        HandOffAction.Reject => "reject",
        HandOffAction.Qualify => "qualify",
        HandOffAction.Recycle => "recycle",
        HandOffAction.Disqualify => "disqualify",
        HandOffAction.Reopen => "reopen",
        HandOffAction.Won => "won",
        _ => "lost",
    };

    /// <summary>Whether the action may be taken on a lead that is at <paramref name="stage"/>.</summary>
    public static bool MayFollow(this HandOffAction action, Stage stage) => action switch
    {
        HandOffAction.Accept => stage == Stage.MarketingQualified,
        HandOffAction.Reject => stage is Stage.MarketingQualified or Stage.SalesAccepted,
        HandOffAction.Qualify => stage is Stage.MarketingQualified or Stage.SalesAccepted,
        HandOffAction.Recycle => stage is (>= Stage.MarketingQualified and <= Stage.Opportunity) or Stage.Lost,
        HandOffAction.Disqualify => stage is not (Stage.Won or Stage.Disqualified),
        HandOffAction.Reopen => stage is Stage.Recycled or Stage.Lost or Stage.Disqualified,
        _ => stage is >= Stage.MarketingQualified and <= Stage.Opportunity,
    };

    /// <summary>Whether a lead that becomes MQL is one for sales to answer and to call: one that sales had accepted and that went a step back is not.</summary>
    /// <param name="before">The stage left for MQL.</param>
    public static bool IsNewMql(Stage before) => before != Stage.SalesAccepted;

    /// <summary>Whether a lead that enters a stage is one more that sales qualified: not one that was SQL already, nor a lost deal that returns to where it stood.</summary>
    /// <param name="earlier">The stage before that.</param>
    /// <param name="before">The stage left.</param>
    /// <param name="to">The stage entered.</param>
    public static bool IsNewSql(Stage earlier, Stage before, Stage to) => to.Reaches(Stage.SalesQualified)
        && !before.Reaches(Stage.SalesQualified) && !(before == Stage.Lost && earlier.Reaches(Stage.SalesQualified));

    /// <summary>What a move in a history was, whoever recorded it; null for moves that are no hand-off, such as becoming MQL.</summary>
    /// <param name="from">The stage left.</param>
    /// <param name="to">The stage entered.</param>
    public static HandOffAction? Of(Stage from, Stage to) => (from, to) switch
    {
        (Stage.Recycled or Stage.Lost or Stage.Disqualified, _) when to.IsForward() => HandOffAction.Reopen,
        (_, Stage.SalesAccepted) when from < Stage.SalesAccepted => HandOffAction.Accept,
        (Stage.MarketingQualified or Stage.SalesAccepted, Stage.Recycled or Stage.Disqualified) => HandOffAction.Reject,
        (_, Stage.SalesQualified) when from < Stage.SalesQualified => HandOffAction.Qualify,
        (_, Stage.Recycled) => HandOffAction.Recycle,
        (_, Stage.Disqualified) => HandOffAction.Disqualify,
        (_, Stage.Won) => HandOffAction.Won,
        (_, Stage.Lost) => HandOffAction.Lost,
        _ => null,
    };
}
