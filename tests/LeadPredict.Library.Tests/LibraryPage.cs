using System.Text.RegularExpressions;
using LeadPredict.Testing;

namespace LeadPredict.Library.Tests;

/// <summary>What docs/library.md shows is what these tests compile and run.</summary>
public sealed partial class LibraryPage
{
    private static readonly string Folder = SharedFiles.Repository("tests", "LeadPredict.Library.Tests", "Programs");

    [Fact]
    public async Task Blocks_OfCode_AreTheProgramsThatAreTestedHere()
    {
        string page = await File.ReadAllTextAsync(SharedFiles.Repository("docs", "library.md"));
        string[] shown = [.. Block().Matches(page).Select(block => block.Groups[1].Value).Order(StringComparer.Ordinal)];
        string[] tested = [.. Directory.GetFiles(Folder, "*.cs").Select(File.ReadAllText).Order(StringComparer.Ordinal)];
        shown.ShouldBe(tested);
    }

    [Fact]
    public async Task Links_ToFilesAndFolders_LeadThere()
    {
        string page = await File.ReadAllTextAsync(SharedFiles.Repository("docs", "library.md"));
        string[] names = [.. Named().Matches(page).Select(name => name.Groups[1].Value)];
        names.ShouldNotBeEmpty();
        names.Where(name => !Path.Exists(SharedFiles.Repository(name))).ShouldBeEmpty();
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`((?:docs|src|training)/[A-Za-z./-]+)`")]
    private static partial Regex Named();
}
