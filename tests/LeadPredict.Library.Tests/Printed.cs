using System.Diagnostics;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace LeadPredict.Library.Tests;

/// <summary>What programs print: one of the documented, and the console to hold it against.</summary>
internal static class Printed
{
    /// <summary>The lines that a program writes to standard output.</summary>
    public static async Task<string[]> ByAsync(Func<Task> program)
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            await program();
        }
        finally
        {
            Console.SetOut(before);
        }

        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The same of a program that does not wait.</summary>
    public static Task<string[]> ByAsync(Action program) => ByAsync(() =>
    {
        program();
        return Task.CompletedTask;
    });

    /// <summary>Runs <c>leadpredict</c> in a process of its own; it must end well.</summary>
    public static async Task ConsoleAsync(params string[] arguments)
    {
        using Process console = Process.Start(new ProcessStartInfo("dotnet", [typeof(HistoryTrainer).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = console.StandardError.ReadToEndAsync();
        await console.StandardOutput.ReadToEndAsync();
        await console.WaitForExitAsync();
        console.ExitCode.ShouldBe(0, await error);
    }
}
