using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Outputs;

/// <summary>Standard output as the file that an option names.</summary>
internal static class StandardOutput
{
    /// <summary>The name under which it is written.</summary>
    public const string Path = "/dev/stdout";

    /// <summary>What stands for it on a command line.</summary>
    public const string Dash = "-";

    // What goes there is seen by nobody, twice too.
    private const string Nowhere = "/dev/null";

    /// <summary>The file that an option names, of which a dash is standard output.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static string? Named(string? name) => name == Dash ? Path : name;

    /// <summary>Whether a file is standard output, by whatever name, and is seen.</summary>
    public static bool Is(string target) => target == Path || (SpecialFile.AreOne(target, Path) && !SpecialFile.AreOne(target, Nowhere));

    /// <summary>Refuses a file that would be mixed with the JSON object which was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="json">Asks for the object.</param>
    /// <param name="option">What names the file, for the message.</param>
    /// <param name="target">The file.</param>
    /// <exception cref="RefusalException">Both go to standard output.</exception>
    public static void RefuseBesideJson(ParseResult parsed, Option<bool> json, string option, string target)
    {
        if (parsed.GetValue(json) && Is(target))
        {
            throw new RefusalException($"--json prints one JSON object on standard output, where {option} goes too. Give {option} a file, or leave --json out.");
        }
    }

    /// <summary>Where it is told that a file was written: what may go to standard output is alone there.</summary>
    public static TextWriter Beside(string target, ConsoleHost host) => OutputPlace.Of(target).IsStream ? host.Error : host.Out;
}
