using System.CommandLine;

namespace LeadPredict.Training.Hosting;

/// <summary>Runs a command's action and turns what it throws into an exit code: 0 done, 1 a clear refusal, 2 a bug.</summary>
internal static class CommandRunner
{
    /// <summary>Every command has it: one JSON object on stdout.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Print one JSON object on standard output." };

    /// <summary>Binds an action to a command under the exit-code contract.</summary>
    public static void Run(this Command command, ConsoleHost host, Func<ParseResult, CancellationToken, Task> action) =>
        command.SetAction(async (result, cancellation) =>
        {
            try
            {
                await action(result, cancellation);
                return 0;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                await host.TellAsync("stopped");
                return 1;
            }
            catch (Exception refusal) when (Refusals.Explain(refusal) is { } message)
            {
                await host.TellAsync(message);
                return 1;
            }
            catch (Exception bug)
            {
                await host.TellAsync($"This is a bug in leadpredict, please report it:\n{bug}");
                return 2;
            }
        });
}
