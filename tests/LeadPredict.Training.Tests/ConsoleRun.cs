using System.Text.Json;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Tests;

/// <summary>One run of the console, in process.</summary>
internal sealed record ConsoleRun(int ExitCode, string Out, string Error)
{
    /// <summary>Runs <c>leadpredict</c> with these arguments; time stands still at <paramref name="time"/>, or is the system's.</summary>
    public static async Task<ConsoleRun> Of(TimeProvider? time, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await Program.RunAsync(args, new ConsoleHost(output, error, time ?? TimeProvider.System));
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs <c>leadpredict</c> with these arguments.</summary>
    public static Task<ConsoleRun> Of(params string[] args) => Of(null, args);

    /// <summary>The one JSON object on standard output; the run must have ended well.</summary>
    public JsonElement Json
    {
        get
        {
            ExitCode.ShouldBe(0, Error);
            using JsonDocument document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }
}
