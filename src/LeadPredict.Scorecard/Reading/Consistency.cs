using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Conditions;

namespace LeadPredict.Scorecard.Reading;

/// <summary>What each line cannot know: whether the card as a whole can do its work.</summary>
internal static class Consistency
{
    /// <summary>Tells thresholds that no lead or every lead passes, and cards that can suggest no step.</summary>
    public static void Check(ScorecardDefinition card, YamlMapping root, YamlNode? threshold, FaultList faults)
    {
        double highest = card.TotalLimits.Apply(card.Groups.Sum(group => group.Highest));
        double lowest = card.TotalLimits.Apply(card.Groups.Sum(group => group.Lowest));
        if (card.MqlStep && threshold is not null && card.MqlThreshold > highest)
        {
            faults.Add(threshold, $"mqlThreshold {card.MqlThreshold}, while rules and limits give at most {Numbers.Write(highest)} points",
                "a threshold that a lead can reach");
        }

        if (card.MqlStep && threshold is not null && card.MqlThreshold <= lowest)
        {
            faults.Add(threshold, $"mqlThreshold {card.MqlThreshold}, while no lead has less than {Numbers.Write(lowest)} points",
                "a threshold that not every lead reaches");
        }

        bool salesSignal = card.Groups.Any(group => group.Rules.Any(rule => rule.Signal == Stage.SalesQualified));
        if (!card.MqlStep && card.SqlCriteria.Count == 0 && !salesSignal)
        {
            faults.Add(root, "a card without MQL step, sqlCriteria and SQL signals, which can suggest nothing", "at least one of the three");
        }
    }
}
