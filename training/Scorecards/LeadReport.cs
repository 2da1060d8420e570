using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scorecard;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Scorecards;

/// <summary>One lead's points item by item.</summary>
internal static class LeadReport
{
    public static void Write(ConsoleHost host, ScorecardDefinition card, Snapshot snapshot, ScorecardResult result, bool json)
    {
        if (json)
        {
            host.WriteJson(new
            {
                LeadId = snapshot.Lead.Id,
                snapshot.AsOf,
                Scorecard = new { card.Name, card.Version, card.Fingerprint },
                result.Points,
                result.Fit,
                result.Engagement,
                result.Grade,
                result.Stage,
                result.Because,
                result.Items,
                result.SqlCriteria,
            });
            return;
        }

        TextWriter output = host.Out;
        output.WriteLine($"{snapshot.Lead.Id} as of {snapshot.AsOf:yyyy-MM-dd HH:mm:ss} UTC, in stage {snapshot.Stage}");
        string? group = null;
        foreach (ScorecardItem item in result.Items)
        {
            if (item.Group != group)
            {
                group = item.Group;
                output.WriteLine();
                output.WriteLine(group);
            }

            output.WriteLine($"  {RulesReport.Signed(item.Points),8}  {item.Rule}: {item.Because}{(item.Hits > 1 ? $" (counted {item.Hits} times)" : "")}");
        }

        output.WriteLine();
        output.WriteLine($"  {RulesReport.Signed(result.Points),8}  points in all: fit {RulesReport.Signed(result.Fit)}, "
            + $"engagement {RulesReport.Signed(result.Engagement)}, grade {result.Grade}");
        output.WriteLine($"The rules suggest {result.Stage}: {result.Because}.");
        foreach (CriterionResult criterion in result.SqlCriteria)
        {
            output.WriteLine($"  [{(criterion.Met ? "x" : " ")}] {criterion.Name}: {criterion.Because}");
        }
    }
}
