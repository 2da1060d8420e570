namespace LeadPredict.Funnel.Stages;

/// <summary>Where a lead stands. A stage is a decision with an actor and a reason, not a status field.</summary>
public enum Stage
{
    /// <summary>Known, not yet qualified.</summary>
    Lead = 0,

    /// <summary>MQL: marketing holds it ready for sales.</summary>
    MarketingQualified = 1,

    /// <summary>SAL, an optional step: sales agreed to work on it.</summary>
    SalesAccepted = 2,

    /// <summary>SQL: sales holds it ready to buy.</summary>
    SalesQualified = 3,

    /// <summary>A deal is open.</summary>
    Opportunity = 4,

    /// <summary>The deal is closed and won.</summary>
    Won = 5,

    /// <summary>The deal is closed and lost.</summary>
    Lost = 6,

    /// <summary>Back to nurturing; may qualify again.</summary>
    Recycled = 7,

    /// <summary>Will never buy.</summary>
    Disqualified = 8,
}

/// <summary>The order of the stages.</summary>
public static class StageOrder
{
    /// <summary>Whether the stage lies on the way from lead to won; false for lost, recycled and disqualified.</summary>
    public static bool IsForward(this Stage stage) => stage <= Stage.Won;

    /// <summary>Whether entering <paramref name="stage"/> means that <paramref name="goal"/> was reached or passed.</summary>
    public static bool Reaches(this Stage stage, Stage goal) => stage.IsForward() && stage >= goal;

    /// <summary>Whether nothing more is to be expected: won, lost or disqualified.</summary>
    public static bool IsFinal(this Stage stage) => stage is Stage.Won or Stage.Lost or Stage.Disqualified;
}
