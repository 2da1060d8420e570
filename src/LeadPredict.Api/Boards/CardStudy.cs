using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Rules;
using LeadPredict.Scoring.Rules;

namespace LeadPredict.Api.Boards;

/// <summary>A card beside the evidence, and the card that the evidence would write.</summary>
/// <param name="Card">The card.</param>
/// <param name="Decided">How many decided leads there are.</param>
/// <param name="Converted">Of these, converted.</param>
/// <param name="Facts">By rule, in the order of the card.</param>
/// <param name="Proposal">What was learned, or null when there are too few leads.</param>
/// <param name="Proposed">The proposed card, or null.</param>
public sealed record CardStudy(
    ScorecardDefinition Card, int Decided, int Converted, IReadOnlyList<RuleFact> Facts, RuleProposal? Proposal, ScorecardDefinition? Proposed)
{
    /// <summary>Studies a card on a board's decided leads.</summary>
    public static CardStudy Of(ScorecardDefinition card, DecidedLeads decided)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(decided);
        ScorecardRule[] rules = [.. card.Groups.SelectMany(group => group.Rules)];
        RuleRow[] rows = [.. decided.Leads.Select(lead => new RuleRow(lead.At, lead.At + decided.Horizon, lead.Points, lead.Hits, lead.Converted, lead.Group, lead.Step))];
        RuleProposal? proposal = RuleProposal.Of(rules.Length, rows);
        return new(
            card,
            rows.Length,
            rows.Count(row => row.Converted),
            RuleStudy.Of([.. rules.Select(rule => (rule.Name, rule.Points))], rows),
            proposal,
            proposal is { Points.Count: > 0 } ? Propose(card, rules, rows, proposal) : null);
    }

    /// <summary>As many of the decided leads pass the new threshold as pass the present one, as near as whole points allow.</summary>
    private static ScorecardDefinition Propose(ScorecardDefinition card, ScorecardRule[] rules, RuleRow[] rows, RuleProposal proposal)
    {
        Dictionary<int, int> points = new(proposal.Points);
        RuleRow[] entries = [.. rows.Where(row => row.Step == 0)];
        int passing = entries.Count(row => row.Points >= card.MqlThreshold);
        int[] totals = [.. entries.Select(row => row.Hits.Sum(hit => points.GetValueOrDefault(hit))).OrderDescending()];
        int threshold = totals.Length == 0 ? 1 : totals[Math.Clamp(passing - 1, 0, totals.Length - 1)];
        return card.WithPoints(points.ToDictionary(one => rules[one.Key].Name, one => one.Value, StringComparer.Ordinal), threshold);
    }
}
