using System.Xml.Linq;

namespace LeadPredict.Architecture.Tests;

public class ReferenceArrows
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["LeadPredict.Funnel"] = [],
        ["LeadPredict.Scorecard"] = ["LeadPredict.Funnel"],
        ["LeadPredict.Features"] = ["LeadPredict.Funnel"],
        ["LeadPredict.Learning"] = [],
        ["LeadPredict.Artifacts"] = ["LeadPredict.Learning", "LeadPredict.Features"],
        ["LeadPredict.Scoring"] = ["LeadPredict.Artifacts", "LeadPredict.Scorecard"],
        ["LeadPredict.Storage"] = ["LeadPredict.Funnel"],
        ["LeadPredict.Api"] = ["LeadPredict.Scoring", "LeadPredict.Storage"],
        ["LeadPredict.MLNet"] = ["LeadPredict.Learning"],
    };

    public static TheoryData<string> Projects => [.. Repository.Files("*.csproj", "src").Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ItsReferences_FollowTheArrows(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Allowed.ShouldContainKey(name, $"{project} is not in docs/architecture.md");
        string[] references = [.. XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];
        references.Except(Allowed[name]).ShouldBeEmpty($"{name} may refer to [{string.Join(", ", Allowed[name])}] alone");
    }

    [Fact]
    public void Projects_AllOfThem_AreInTheSolution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "LeadPredict.sln"));
        foreach (string project in Repository.Files("*.csproj", "src", "tests", "training"))
        {
            if (!project.Contains("MLNet", StringComparison.Ordinal))
            {
                solution.ShouldContain(Path.GetFileName(project));
            }
        }
    }
}
