using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LeadPredict.Api.Answers;
using LeadPredict.Learning.Evaluation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LeadPredict.Training.Hosting;

/// <summary>Where a command, or a program that trains as the console does, writes and what time it is: results to <see cref="Out"/>, messages to <see cref="Error"/>.</summary>
/// <param name="output">Results; <see cref="TextWriter.Null"/> for none.</param>
/// <param name="error">Warnings, a line each, and progress.</param>
/// <param name="time">The clock.</param>
/// <param name="interactive">Whether a person watches.</param>
public sealed class ConsoleHost(TextWriter output, TextWriter error, TimeProvider time, bool interactive = false)
{
    /// <summary>How files of models and tables are written: camelCase, enums by name, indented, numbers that round-trip, null for a figure that the rows leave open: JSON has no NaN.</summary>
    internal static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new UndefinedAsNullConverter() },
    };

    /// <summary>How <c>--json</c> writes: the same, and instants as the service does.</summary>
    private static readonly JsonSerializerOptions PrintedOptions = new(JsonOptions) { Converters = { new InstantConverter() } };

    private readonly TextWriter _exact = output;

    /// <summary>Results as lines for people: characters that would steer their terminal come out as blanks.</summary>
    public TextWriter Out { get; } = new HarmlessWriter(output);

    /// <summary>Messages and progress, likewise.</summary>
    public TextWriter Error { get; } = new HarmlessWriter(error);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Whether a person watches: progress is drawn only then.</summary>
    public bool Interactive { get; } = interactive;

    /// <summary>Prints the one JSON object of <c>--json</c>.</summary>
    internal void WriteJson<T>(T value) => WriteExact(JsonSerializer.Serialize(value, PrintedOptions));

    /// <summary>Prints a result for other programs, or to be kept as a file, as it is.</summary>
    internal void WriteExact(string text) => _exact.WriteLine(text);

    /// <summary>Draws a table or chart on <see cref="Out"/>, 120 columns wide, in plain text where no terminal is.</summary>
    internal void Render(IRenderable drawing)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(_exact),
            Ansi = Interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = Interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 120;
        console.Write(new HarmlessDrawing(drawing));
    }

    /// <summary>Says what may well not be meant, though it is done.</summary>
    internal void Warn(string message) => Error.WriteLine("warning: " + message);

    /// <summary>Says why the command ends. Where that cannot be written the exit code alone tells it.</summary>
    internal async Task TellAsync(string message)
    {
        try
        {
            await Error.WriteLineAsync(message);
        }
        catch (Exception closed) when (IsClosed(closed))
        {
        }
    }

    /// <summary>Whether an exception is that of a stream that is closed, full or gone.</summary>
    internal static bool IsClosed(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>A line for the person watching; quiet in a pipe.</summary>
    internal void Progress(string message)
    {
        if (Interactive)
        {
            Error.WriteLine(message);
        }
    }
}
