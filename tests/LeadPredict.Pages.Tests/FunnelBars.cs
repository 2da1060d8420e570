using System.Globalization;
using System.Text.RegularExpressions;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

/// <summary>Bars are as long as their shares of the longest that is shown.</summary>
public sealed partial class FunnelBars
{
    private const int Months = 14;

    [Fact]
    public async Task Months_ThatAreNotShown_MakeNoBarShorter()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync($"sqlite:{folder["h.db"]}", create: true);
        await store.AppendAsync(HistoryBatch.Of(
        [
            // The oldest month, in which all ten convert; then two a month, one of which does.
            .. Enumerable.Range(0, 10).Select(i => Qualified($"old-{i}", 1, converts: true)),
            .. Enumerable.Range(1, Months - 1).SelectMany(month => new[] { Qualified($"a-{month}", 1 + (30.5 * month), true), Qualified($"b-{month}", 1 + (30.5 * month), false) }),
        ]));
        await using PageHost host = await PageHost.StartAsync(new() { Models = folder["models"], Store = store });

        string page = await host.ReadAsync("/funnel");

        double[] reached = Widths(page, "SQLs a month");
        (reached.Length, reached.Max()).ShouldBe((12, 100));
    }

    private static double[] Widths(string page, string table)
    {
        int start = page.IndexOf($"aria-label=\"{table}\"", StringComparison.Ordinal);
        return [.. Fill().Matches(page[start..page.IndexOf("</table>", start, StringComparison.Ordinal)]).Select(bar => double.Parse(bar.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
    }

    private static AccountHistory Qualified(string id, double day, bool converts)
    {
        LeadBuilder lead = new LeadBuilder(id, day - 1).Enters(Stage.MarketingQualified, day);
        return (converts ? lead.Enters(Stage.SalesQualified, day + 3) : lead).BuildAlone();
    }

    [GeneratedRegex("class=\"fill\"[^>]* width=\"([0-9.]+)\"")]
    private static partial Regex Fill();
}
