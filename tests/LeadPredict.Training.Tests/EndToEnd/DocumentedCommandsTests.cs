using System.Text.RegularExpressions;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>What the documents and the pages tell people to type, and what the files for deployment start, is what the console takes.</summary>
public sealed partial class DocumentedCommandsTests
{
    private static readonly string[] Groups = ["duplicates", "import-model", "keys", "scorecard"];

    [Fact]
    public async Task DocumentedCommand_ItsOptions_AreThoseOfTheConsole()
    {
        var help = new Dictionary<string, string>(StringComparer.Ordinal);
        string commands = (await ConsoleRun.Of("--help")).Out;
        var unknown = new List<string>();
        int seen = 0;
        foreach (string file in Files())
        {
            // A container's command is a list of quoted words.
            string text = (await File.ReadAllTextAsync(file)).Replace("\", \"", " ", StringComparison.Ordinal).Replace("\"dotnet ", "", StringComparison.Ordinal);
            foreach (Match written in Written().Matches(text))
            {
                string[] words = written.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (!commands.Contains($"  {words[0]} ", StringComparison.Ordinal))
                {
                    continue;
                }

                string[] command = Groups.Contains(words[0]) && words.Length > 1 && words[1].All(char.IsAsciiLetterLower) ? words[..2] : words[..1];
                string name = string.Join(' ', command);
                if (!help.TryGetValue(name, out string? options))
                {
                    help[name] = options = (await ConsoleRun.Of([.. command, "--help"])).Out;
                }

                foreach (string option in words.Select(word => Option().Match(word.Trim('[', ']')).Value).Where(option => option.Length > 0))
                {
                    seen++;
                    if (!Regex.IsMatch(options, Regex.Escape(option) + @"(?![a-z-])"))
                    {
                        unknown.Add($"{Path.GetRelativePath(QuickstartRun.Root, file)}: {name} {option}");
                    }
                }
            }
        }

        unknown.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(50);
    }

    private static IEnumerable<string> Files() =>
    [
        Path.Combine(QuickstartRun.Root, "README.md"),
        .. Directory.EnumerateFiles(Path.Combine(QuickstartRun.Root, "docs"), "*.md", SearchOption.AllDirectories),
        .. Directory.EnumerateFiles(Path.Combine(QuickstartRun.Root, "deploy")),
        .. Directory.EnumerateFiles(Path.Combine(QuickstartRun.Root, "src", "LeadPredict.Api", "Pages"), "*.razor", SearchOption.AllDirectories),
    ];

    /// <summary>A command line up to the end of the line, of the quoted words or of a cell.</summary>
    [GeneratedRegex(@"(?:leadpredict(?:\.dll)?|--project training --|`|"")[ ]?([a-z][a-z-]*(?: [^`|""<\r\n]*)?)")]
    private static partial Regex Written();

    [GeneratedRegex("^--[a-z][a-z-]+")]
    private static partial Regex Option();
}
