using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scorecard;

namespace LeadPredict.Pages.Tests;

/// <summary>A report may be of any version, and calls each what it is.</summary>
public sealed class ReportRoles : SmallStore
{
    [Theory]
    [InlineData(1, new[] { "Champion: small@1", "Challenger: small@2" })]
    [InlineData(2, new[] { "Challenger: small@2", "Champion: small@1" })]
    [InlineData(3, new[] { "Reported: small@3", "Champion: small@1", "Challenger: small@2" })]
    public async Task Report_OfAVersion_ShowsItFirstAndEachVersionOnceInItsRole(int version, string[] expected)
    {
        ModelRepository repository = new(Folder["models"]);
        for (int i = 0; i < 2; i++)
        {
            await repository.PublishAsync(SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml));
        }

        await repository.PromoteAsync("small", 2, ModelAlias.Challenger);
        (int code, string text) = await SampleService.RunAsync(
            "report", "--store", $"sqlite:{Folder["h.db"]}", "--models", Folder["models"], "--model", $"small@{version}", "--out", Folder["report.html"]);
        code.ShouldBe(0, text);

        string html = await File.ReadAllTextAsync(Folder["report.html"]);
        new[] { "Champion", "Challenger", "Reported" }.SelectMany(role => Enumerable.Range(1, 3).Select(one => $"{role}: small@{one}"))
            .Where(heading => html.Contains($"<h2>{heading}</h2>", StringComparison.Ordinal))
            .OrderBy(heading => html.IndexOf(heading, StringComparison.Ordinal))
            .ShouldBe(expected);
    }
}
