using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Proposals;
using LeadPredict.Scorecard.Rules;
using LeadPredict.Scoring.Rules;

namespace LeadPredict.Api.Boards;

/// <summary>A card beside the evidence, and the card that the evidence would write.</summary>
/// <param name="Card">The card.</param>
/// <param name="Decided">How many decided leads there are.</param>
/// <param name="Converted">Of these, converted.</param>
/// <param name="Facts">By rule, in the order of the card.</param>
/// <param name="Proposal">What was learned, or null when there are too few leads.</param>
/// <param name="Proposed">The proposed card, or null; <see cref="WhyNone"/> says why.</param>
public sealed record CardStudy(
    ScorecardDefinition Card, int Decided, int Converted, IReadOnlyList<RuleFact> Facts, RuleProposal? Proposal, ScorecardDefinition? Proposed)
{
    /// <summary>Why no card is proposed.</summary>
    public string WhyNone => Proposal is { Rules.Count: > 0 }
        ? "Only rules that take points away tell converted leads from the others, and an MQL takes points: there is no card to propose."
        : "Too few decided leads to learn a card from: at least 25 converted and 25 others are needed, and a rule that tells them apart.";

    /// <summary>Studies a card on a board's decided leads.</summary>
    public static CardStudy Of(ScorecardDefinition card, DecidedLeads decided)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(decided);
        ScorecardRule[] rules = [.. card.Groups.SelectMany(group => group.Rules)];
        RuleRow[] rows = [.. decided.Leads.Select(lead => new RuleRow(lead.At, lead.At + decided.HorizonOf(lead.Step), lead.Points, lead.Hits, lead.Converted, lead.Group, lead.Step))];
        RuleRow[] ends = [.. rows.Where(row => row.Step == 0)];
        RuleProposal? proposal = RuleProposal.Of(Subjects(card), rows);
        return new(
            card,
            ends.Length,
            ends.Count(row => row.Converted),
            RuleStudy.Of([.. rules.Select(rule => (rule.Name, rule.Points))], ends),
            proposal,
            proposal is { Rules.Count: > 0 } ? Propose(card, rules, ends, proposal) : null);
    }

    /// <summary>Rules of one group that look at the same thing share a number; a rule that is a signal too stands alone, since what it signals is its own.</summary>
    private static int[] Subjects(ScorecardDefinition card)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int NumberOf(string subject) => numbers.TryGetValue(subject, out int known) ? known : numbers[subject] = numbers.Count;
        return
        [
            .. card.Groups.SelectMany(group => group.Rules.Select(rule => NumberOf(
                rule.Signal is null ? $"{group.Key} {rule.Subject}" : $"{group.Key} signal {rule.Name}"))),
        ];
    }

    /// <summary>As many of the decided leads pass the new threshold as pass the present one, as near as whole points allow; null when no lead could.</summary>
    private static ScorecardDefinition? Propose(ScorecardDefinition card, ScorecardRule[] rules, RuleRow[] rows, RuleProposal proposal)
    {
        // Points that are only taken away make nobody an MQL.
        if (card.MqlStep && proposal.Rules.All(rule => rule.Points < 0))
        {
            return null;
        }

        int passing = rows.Count(row => row.Points >= card.MqlThreshold);
        int[] totals = [.. rows.Select(row => proposal.Rules.Sum(rule => row.Hits.Any(hit => rule.Rules.Contains(hit)) ? rule.Points : 0)).OrderDescending()];
        int threshold = totals.Length == 0 ? 1 : totals[Math.Clamp(passing - 1, 0, totals.Length - 1)];
        return card.WithPoints([.. proposal.Rules.Select(rule => new PointedRules([.. rule.Rules.Select(one => rules[one].Name)], rule.Points))], threshold);
    }
}
