using System.CommandLine;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Simulate;

/// <summary><c>simulate --out DIR --leads N [--seed S]</c>: a B2B history whose true probabilities are known.</summary>
internal static class SimulateCommand
{
    public static Command Create(ConsoleHost host)
    {
        var folder = new Option<string>("--out") { Description = "The folder to write to: new, empty, or of an earlier simulation.", Required = true };
        var leads = new Option<int>("--leads")
        {
            Description = $"How many leads: {SimulationOptions.FewestLeads} to {SimulationOptions.MostLeads:N0}.",
            Required = true,
        };
        var seed = new Option<long>("--seed")
        {
            Description = "The same seed and number of leads make the same bytes.",
            DefaultValueFactory = _ => SimulationOptions.DefaultSeed,
        };
        var json = CommandRunner.JsonOption();
        var command = new Command("simulate", "Makes a B2B history whose true probabilities are known, and writes them beside it.")
        {
            folder, leads, seed, json,
        };
        command.Run(host, (parsed, cancellation) =>
        {
            var options = new SimulationOptions(parsed.GetValue(leads), parsed.GetValue(seed));
            string target = parsed.GetValue(folder)!;
            SimulationSummary summary = SimulationRun.Write(
                target, options, made => host.Progress($"{made:N0} of {options.Leads:N0} leads"), cancellation);
            if (parsed.GetValue(json))
            {
                host.WriteJson(summary);
            }
            else
            {
                Print(host, target, summary);
            }

            return Task.CompletedTask;
        });
        return command;
    }

    private static void Print(ConsoleHost host, string folder, SimulationSummary summary)
    {
        host.Out.WriteLine(
            $"{summary.Leads:N0} leads over 24 months (seed {summary.Seed}) in {folder}: {summary.MqlEpisodes:N0} MQL episodes of {summary.MqlLeads:N0} leads,"
            + $" mean true P(SQL) {summary.MeanPSql:P1}, P(close) {summary.MeanPClose:P1}");
        foreach (WrittenFile file in summary.Files)
        {
            host.Out.WriteLine($"  {file.Name,-16} {file.Rows,10:N0} rows");
        }
    }
}
