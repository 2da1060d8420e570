using System.CommandLine;
using System.CommandLine.Parsing;

namespace LeadPredict.Training.Hosting;

/// <summary>Options and arguments that name a file or folder. An empty one is most often a variable of the shell that is not set.</summary>
internal static class PathOptions
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "--models", "--in", "--out", "--table", "--schema", "--categories", "--scorecard", "--recipe", "--rejects", "--samples", "--adopt", "--check",
        "--ingest-mapping", "--score-spool", "path", "file",
    };

    /// <summary>Has a command and those below it refuse empty paths by the option's name; call it when all are there.</summary>
    public static void RefuseEmptyPaths(this Command command)
    {
        foreach (Option option in command.Options.Where(option => Names.Contains(option.Name)))
        {
            option.Validators.Add(result => RefuseEmpty(result, option.Name));
        }

        foreach (Argument argument in command.Arguments.Where(argument => Names.Contains(argument.Name)))
        {
            argument.Validators.Add(result => RefuseEmpty(result, argument.Name));
        }

        foreach (Command below in command.Subcommands)
        {
            below.RefuseEmptyPaths();
        }
    }

    private static void RefuseEmpty(SymbolResult result, string name)
    {
        if (result.Tokens is [{ Value: "" }])
        {
            result.AddError($"{name}: expected a file or folder, found ''; is a variable not set?");
        }
    }
}
