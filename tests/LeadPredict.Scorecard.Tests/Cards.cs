using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Testing;

namespace LeadPredict.Scorecard.Tests;

/// <summary>Small cards and the snapshots to try them on.</summary>
internal static class Cards
{
    /// <summary>The frame around rules of the group online; every rule is indented by the caller with nothing.</summary>
    public static string Yaml(string rules, string head = "mqlThreshold: 5", string tail = "", string group = "online", string limits = "") =>
        $$"""
        version: 1
        {{head}}
        grades: { fit: { A: 30, B: 20, C: 10 }, engagement: { 1: 30, 2: 20, 3: 10 } }
        groups:
          {{group}}:
            {{limits}}
            rules:
        {{Indent(rules, 6)}}
        {{tail}}
        """;

    /// <summary>A card of one rule of 10 points named "rule" with the condition.</summary>
    public static ScorecardDefinition OfCondition(string condition, string more = "") =>
        ScorecardDefinition.Parse(Yaml($"- {{ name: rule, points: 10, when: {condition}{more} }}"), "card.yaml");

    public static ScorecardDefinition Parse(string yaml) => ScorecardDefinition.Parse(yaml, "card.yaml");

    /// <summary>What the card says of a lead created at day 0.</summary>
    public static ScorecardResult Evaluate(this ScorecardDefinition card, Action<LeadBuilder> build, double asOf = 100)
    {
        LeadBuilder lead = new();
        build(lead);
        return new ScorecardEvaluator(card).Evaluate(Take(lead, asOf));
    }

    public static Snapshot Take(LeadBuilder lead, double asOf)
    {
        AccountHistory account = lead.BuildAlone();
        return Snapshot.Take(account, account.Leads[0], Day.At(asOf));
    }

    private static string Indent(string text, int by) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => new string(' ', by) + line));
}
