using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard;

/// <summary>From points, signals and criteria to the stage that the rules suggest. Acceptance is a decision of sales: rules read it from the history, they never make it.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Ground">What decided it.</param>
/// <param name="Exclusion">The exclusion that holds, where one decided it.</param>
/// <param name="Signal">The rule whose signal decided it, where one did.</param>
internal readonly record struct SuggestedStage(Stage Stage, StageGround Ground, NamedCondition? Exclusion = null, string? Signal = null)
{
    /// <summary>The stage of a tally whose points, signals and criteria are known.</summary>
    public static SuggestedStage Of(ScorecardDefinition card, ScorecardTally tally)
    {
        for (int i = 0; i < card.Exclusions.Count; i++)
        {
            if (card.Exclusions[i].When.Holds(tally.Facts))
            {
                return new(Stage.Lead, StageGround.Excluded, card.Exclusions[i]);
            }
        }

        if (tally.SalesSignal is { } sales)
        {
            return new(Stage.SalesQualified, StageGround.Signal, Signal: sales);
        }

        Stage present = tally.Facts.Snapshot.Stage;
        bool enough = tally.Points >= card.MqlThreshold;
        bool marketing = !card.MqlStep || enough || tally.MarketingSignal is not null || present.Reaches(Stage.MarketingQualified);
        bool accepted = present.Reaches(Stage.SalesAccepted);
        if (marketing && tally.MeetsAllCriteria && (accepted || !card.SalStep))
        {
            return new(Stage.SalesQualified, StageGround.Criteria);
        }

        if (card.SalStep && accepted)
        {
            return new(Stage.SalesAccepted, StageGround.Accepted);
        }

        return (card.MqlStep, enough, tally.MarketingSignal) switch
        {
            (true, true, _) => new(Stage.MarketingQualified, StageGround.Points),
            (true, false, { } signal) => new(Stage.MarketingQualified, StageGround.Signal, Signal: signal),
            (true, false, null) => new(Stage.Lead, StageGround.Points),
            _ => new(Stage.Lead, StageGround.StepOff),
        };
    }

    /// <summary>Why, in a sentence.</summary>
    public string Because(ScorecardDefinition card, ScorecardTally tally) => Ground switch
    {
        StageGround.Excluded => $"left out as {Exclusion!.Name}: {Exclusion.When.Because(tally.Facts)}",
        StageGround.Signal when Stage == Stage.SalesQualified => $"the signal \"{Signal}\" suggests SQL by itself",
        StageGround.Signal => $"the signal \"{Signal}\" suggests MQL by itself{Open(card, tally)}",
        StageGround.Criteria => "all SQL criteria hold",
        StageGround.Accepted => $"sales accepted it{Open(card, tally)}",
        StageGround.Points => $"{Numbers.Write(tally.Points)} points, {card.MqlThreshold} make an MQL{Open(card, tally)}",
        _ => $"the MQL step is off{Open(card, tally)}",
    };

    private static string Open(ScorecardDefinition card, ScorecardTally tally) => tally.MeetsAllCriteria
        ? "; all SQL criteria hold" + (card.SalStep ? ", sales has yet to accept" : "")
        : card.SqlCriteria.Count == 0 ? "" : $"; {tally.CriteriaMet} of {card.SqlCriteria.Count} SQL criteria hold";
}

/// <summary>What decides a suggested stage.</summary>
internal enum StageGround
{
    /// <summary>Whether the points reach the MQL threshold.</summary>
    Points = 0,

    /// <summary>An exclusion.</summary>
    Excluded = 1,

    /// <summary>A rule that suggests the stage by itself.</summary>
    Signal = 2,

    /// <summary>The criteria of sales qualification.</summary>
    Criteria = 3,

    /// <summary>The acceptance by sales.</summary>
    Accepted = 4,

    /// <summary>The MQL step is off and the criteria do not hold.</summary>
    StepOff = 5,
}
