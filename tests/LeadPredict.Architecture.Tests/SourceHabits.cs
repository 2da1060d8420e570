using System.Text.RegularExpressions;

namespace LeadPredict.Architecture.Tests;

public partial class SourceHabits
{
    private static readonly string[] Sources = ["src", "training", "tests"];

    [Fact]
    public void Files_TheirNames_AreNouns() =>
        Repository.Files("*.cs", Sources).Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => BagName().IsMatch(name)).ShouldBeEmpty("a name says what is inside");

    [Fact]
    public void BannedSymbols_InSources_AreNotSilenced() =>
        Repository.Files("*.cs", "src", "training").Where(file => File.ReadAllText(file).Contains("RS0030", StringComparison.Ordinal))
            .ShouldBeEmpty("time and randomness are injected, without exception");

    [Fact]
    public void Stages_InSources_AreNeverCalledSql() =>
        Repository.Files("*.cs", "src", "training").Where(file => File.ReadAllText(file).Contains("Stage.Sql", StringComparison.Ordinal))
            .ShouldBeEmpty("that word means query text");

    [Fact]
    public void SharedTestInputs_OutsideTests_AreNotNamed() =>
        Repository.Files("*", "src", "training", "docs", "data-samples", "models").Append(Path.Combine(Repository.Root, "README.md"))
            .Where(file => File.ReadAllText(file).Contains("../shared", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void PackageVersions_InProjects_AreCentral() =>
        Repository.Files("*.csproj", Sources).Where(file => PackageVersion().IsMatch(File.ReadAllText(file)))
            .ShouldBeEmpty("versions stand in Directory.Packages.props");

    [GeneratedRegex("(Helper|Manager|Utils|Utilities|Common|Misc)s?$")]
    private static partial Regex BagName();

    [GeneratedRegex("<PackageReference[^>]*Version=")]
    private static partial Regex PackageVersion();
}
