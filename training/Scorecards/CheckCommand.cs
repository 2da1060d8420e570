using System.CommandLine;
using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Reading;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Scorecards;

/// <summary><c>scorecard check FILE</c>: every fault with its place, in one go; exit 0 when there is none.</summary>
internal static class CheckCommand
{
    public static Command Create(ConsoleHost host)
    {
        Argument<string> file = new("FILE") { Description = "The scorecard, a YAML file." };
        Option<bool> json = CommandRunner.JsonOption();
        Command command = new("check", "Reads a scorecard and lists every fault with line and column.") { file, json };
        command.Run(host, (parsed, _) =>
        {
            Check(host, parsed.GetRequiredValue(file), parsed.GetValue(json));
            return Task.CompletedTask;
        });
        return command;
    }

    private static void Check(ConsoleHost host, string file, bool json)
    {
        ScorecardDefinition card;
        try
        {
            card = ScorecardSource.Load(file);
        }
        catch (ScorecardFormatException faults) when (json)
        {
            host.WriteJson(new { File = file, Ok = false, faults.Faults });
            throw;
        }

        foreach (string warning in card.Warnings)
        {
            host.Warn(warning);
        }

        if (json)
        {
            host.WriteJson(new { File = file, Ok = true, card.Name, card.Version, card.Fingerprint, Rules = card.RuleCount, card.Warnings });
            return;
        }

        host.Out.WriteLine(
            $"{file} is a scorecard: {(card.Name.Length == 0 ? "(no name)" : card.Name)}, version {card.Version}, "
            + $"{card.RuleCount} rules, {card.SqlCriteria.Count} SQL criteria, {card.Warnings.Count} warnings.");
    }
}
