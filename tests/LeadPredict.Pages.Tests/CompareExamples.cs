using System.Text.RegularExpressions;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

/// <summary>The leads that the page of model and rules shows as examples.</summary>
[Collection(SampleTests.Name)]
public sealed partial class CompareExamples(SampleService service)
{
    /// <summary>The comparison lies in the model, whose leads need not be the store's.</summary>
    [Fact]
    public async Task Compare_Examples_AreLeadsThatTheStoreHas()
    {
        string[] shown = [.. Example().Matches(await service.Host.ReadAsync("/")).Select(match => Uri.UnescapeDataString(match.Groups[1].Value))];
        shown.ShouldNotBeEmpty();

        using var folder = new TemporaryFolder();
        await using IHistoryStore some = await HistoryStores.OpenAsync("sqlite:" + folder["some.db"], create: true);
        await some.AppendAsync(new() { Leads = [.. new[] { shown[0], "other" }.Select(id => new LeadBuilder(id).Build().Lead)] });
        await using PageHost host = await PageHost.StartAsync(new() { Models = service.Models, Store = some, Time = TimeProvider.System });
        Example().Matches(await host.ReadAsync("/")).Select(match => match.Groups[1].Value).ShouldBe([Uri.EscapeDataString(shown[0])]);
    }

    [GeneratedRegex("""<a href="/lead\?id=([^"]+)""")]
    private static partial Regex Example();
}
