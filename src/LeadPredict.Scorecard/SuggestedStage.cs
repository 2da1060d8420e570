using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard;

/// <summary>From points, signals and criteria to the stage that the rules suggest.</summary>
internal static class SuggestedStage
{
    /// <summary>The stage and why. Acceptance is a decision of sales: rules read it from the history, they never make it.</summary>
    public static (Stage Stage, string Because) Of(
        ScorecardDefinition card,
        Snapshot snapshot,
        double points,
        string? marketingSignal,
        string? salesSignal,
        IReadOnlyList<CriterionResult> criteria)
    {
        foreach (NamedCondition exclusion in card.Exclusions)
        {
            if (exclusion.When.Holds(snapshot))
            {
                return (Stage.Lead, $"left out as {exclusion.Name}: {exclusion.When.Because(snapshot)}");
            }
        }

        if (salesSignal is not null)
        {
            return (Stage.SalesQualified, $"the signal \"{salesSignal}\" suggests SQL by itself");
        }

        string threshold = $"{Numbers.Write(points)} points, {card.MqlThreshold} make an MQL";
        bool enough = points >= card.MqlThreshold;
        bool marketing = !card.MqlStep || enough || marketingSignal is not null || snapshot.Stage.Reaches(Stage.MarketingQualified);
        bool accepted = snapshot.Stage.Reaches(Stage.SalesAccepted);
        bool qualified = criteria.Count > 0 && criteria.All(criterion => criterion.Met);
        if (marketing && qualified && (accepted || !card.SalStep))
        {
            return (Stage.SalesQualified, "all SQL criteria hold");
        }

        string open = qualified
            ? "; all SQL criteria hold, sales has yet to accept"
            : criteria.Count == 0 ? "" : $"; {criteria.Count(criterion => criterion.Met)} of {criteria.Count} SQL criteria hold";
        if (card.SalStep && accepted)
        {
            return (Stage.SalesAccepted, $"sales accepted it{open}");
        }

        return (card.MqlStep, enough, marketingSignal) switch
        {
            (true, true, _) => (Stage.MarketingQualified, threshold + open),
            (true, false, { } signal) => (Stage.MarketingQualified, $"the signal \"{signal}\" suggests MQL by itself{open}"),
            (true, false, null) => (Stage.Lead, threshold + open),
            _ => (Stage.Lead, $"the MQL step is off{open}"),
        };
    }
}
