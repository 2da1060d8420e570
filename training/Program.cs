using System.CommandLine;
using System.CommandLine.Parsing;
using LeadPredict.Api;
using LeadPredict.Training.Compare;
using LeadPredict.Training.Drift;
using LeadPredict.Training.Duplicates;
using LeadPredict.Training.Evaluate;
using LeadPredict.Training.Explain;
using LeadPredict.Training.ExportTable;
using LeadPredict.Training.FunnelMeasures;
using LeadPredict.Training.HandOff;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Import;
using LeadPredict.Training.ImportModel;
using LeadPredict.Training.Keys;
using LeadPredict.Training.Models;
using LeadPredict.Training.People;
using LeadPredict.Training.Quickstart;
using LeadPredict.Training.Report;
using LeadPredict.Training.Score;
using LeadPredict.Training.Scorecards;
using LeadPredict.Training.Serve;
using LeadPredict.Training.Simulate;
using LeadPredict.Training.Train;

namespace LeadPredict.Training;

/// <summary>The console <c>leadpredict</c>.</summary>
internal static class Program
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static int Main(string[] args)
    {
        if (args is ["serve", ..])
        {
            ServiceRuntime.Enter();
        }

        using IDisposable? hangUp = HangUp.EndInOrder();
        var host = new ConsoleHost(Console.Out, Console.Error, TimeProvider.System, interactive: !Console.IsErrorRedirected);

        // The service ends when what it took is answered.
        bool serves = args is ["serve" or "quickstart", ..];
        using var signals = new EndSignals(serves ? LeadPredictApi.LongestEnd + TimeSpan.FromSeconds(1) : Patience, drains: serves);
        return signals.Run(cancellation => RunAsync(args, host, cancellation));
    }

    /// <summary>The whole program but for the process: what tests call.</summary>
    internal static async Task<int> RunAsync(string[] args, ConsoleHost host, CancellationToken cancellation = default)
    {
        var root = new RootCommand("Learns from your own history how likely a lead is to be qualified and to close.")
        {
            QuickstartCommand.Create(host),
            SimulateCommand.Create(host),
            ImportCommand.Create(host),
            TrainCommand.Create(host),
            ExportTableCommand.Create(host),
            ImportModelCommand.Create(host),
            EvaluateCommand.Create(host),
            CompareCommand.Create(host),
            FunnelCommand.Create(host),
            ReportCommand.Create(host),
            DriftCommand.Create(host),
            DecideCommand.Create(host),
            DefinitionsCommand.Create(host),
            ScoreCommand.Create(host),
            ScoreChangeCommand.Create(host),
            ModelsCommand.Create(host),
            PromoteCommand.Create(host),
            RollbackCommand.Create(host),
            ScorecardCommand.Create(host),
            ForgetCommand.Create(host),
            DuplicatesCommand.Create(host),
            ServeCommand.Create(host),
            KeysCommand.Create(host),
        };

        root.ReadNumbersAsWritten();
        root.RefuseEmptyPaths();
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await host.TellAsync(error.Message);
            }

            await host.TellAsync($"Run '{Name(parsed.CommandResult)} --help' to see what it takes.");
            return 1;
        }

        var invocation = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (Exception closed) when (ConsoleHost.IsClosed(closed))
        {
            // Commands tell of their own faults: this is the help or the version.
            await host.TellAsync($"cannot write to standard output: {closed.GetBaseException().Message}");
            return 1;
        }
    }

    private static string Name(CommandResult command) => command.Parent is CommandResult parent ? $"{Name(parent)} {command.Command.Name}" : "leadpredict";
}
