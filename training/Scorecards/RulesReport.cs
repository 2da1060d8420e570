using System.Globalization;
using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Rules;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Scorecards;

/// <summary>A card in plain words.</summary>
internal static class RulesReport
{
    public static void Write(ConsoleHost host, ScorecardDefinition card, bool json)
    {
        if (json)
        {
            WriteJson(host, card);
            return;
        }

        TextWriter output = host.Out;
        output.WriteLine($"{(card.Name.Length == 0 ? "Scorecard" : card.Name)}, version {card.Version}");
        output.WriteLine(card.MqlStep ? $"From {card.MqlThreshold} points a lead is an MQL." : "The MQL step is off.");
        output.WriteLine(card.SalStep ? "Sales accepts an MQL before it can become an SQL." : "The SAL step is off.");
        foreach (ScorecardGroup group in card.Groups.Where(group => group.Rules.Count > 0))
        {
            output.WriteLine();
            output.WriteLine($"{group.Title}{Bounds(group.Limits)}");
            foreach (ScorecardRule rule in group.Rules)
            {
                output.WriteLine($"  {Signed(rule.Points),8}  {rule.Name}: {rule.Description}{Terms(rule)}");
            }
        }

        WriteNamed(output, "An MQL becomes an SQL when all of these hold:", card.SqlCriteria);
        WriteNamed(output, "Never suggested for any step:", card.Exclusions);
        output.WriteLine();
        output.WriteLine($"Grade: fit {Bands("ABC", card.Grades.Fit)}, D below; engagement {Bands("123", card.Grades.Engagement)}, 4 below.");
    }

    /// <summary>Points with their sign.</summary>
    public static string Signed(double points) => points.ToString("+0.###;-0.###;0", CultureInfo.InvariantCulture);

    private static void WriteJson(ConsoleHost host, ScorecardDefinition card) => host.WriteJson(new
    {
        card.Name,
        card.Version,
        card.Fingerprint,
        card.MqlStep,
        card.SalStep,
        card.MqlThreshold,
        card.TotalLimits,
        card.Grades,
        card.Groups,
        card.SqlCriteria,
        card.Exclusions,
        card.Warnings,
    });

    private static void WriteNamed(TextWriter output, string head, IReadOnlyList<NamedCondition> conditions)
    {
        if (conditions.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(head);
        foreach (NamedCondition condition in conditions)
        {
            output.WriteLine($"  {condition.Name}: {condition.Description}");
        }
    }

    private static string Terms(ScorecardRule rule)
    {
        List<string> terms = [];
        AddIf(rule.Repeats > 1, $"each time, up to {rule.Repeats} times");
        AddIf(rule.Limit is not null, $"at most {Number(rule.Limit ?? 0)} points");
        AddIf(rule.Decay?.HalfLifeDays is not null, $"half after {Number(rule.Decay?.HalfLifeDays ?? 0)} days");
        AddIf(rule.Decay?.ExpiresDays is not null, $"nothing after {Number(rule.Decay?.ExpiresDays ?? 0)} days");
        AddIf(rule.Signal is not null, $"suggests {rule.Signal} by itself");
        return terms.Count == 0 ? "" : $" ({string.Join(", ", terms)})";

        void AddIf(bool holds, string term)
        {
            if (holds)
            {
                terms.Add(term);
            }
        }
    }

    private static string Bounds(PointLimits limits) => (limits.Min, limits.Max) switch
    {
        (null, null) => "",
        ({ } min, null) => $" (at least {Number(min)})",
        (null, { } max) => $" (at most {Number(max)})",
        ({ } min, { } max) => $" ({Number(min)} to {Number(max)})",
    };

    private static string Bands(string names, IReadOnlyList<double> starts) =>
        string.Join(", ", starts.Select((start, i) => $"{names[i]} from {Number(start)}"));

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
