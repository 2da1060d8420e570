using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Pages.Tests;

/// <summary>Many leads, two thirds of them open.</summary>
public abstract partial class ManyLeads : IAsyncLifetime
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore _store = null!;
    private string _address = "";

    protected abstract int Leads { get; }

    protected abstract Task<string> AddressAsync(TemporaryFolder folder);

    public async Task InitializeAsync()
    {
        _address = await AddressAsync(_folder);
        _store = await HistoryStores.OpenAsync(_address, create: true);
        ModelRepository repository = new(_folder["models"]);
        await repository.PromoteAsync("small", await repository.PublishAsync(SmallModels.Draft(scorecard: ScorecardDefinition.Default.Yaml)));
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [ContractFact]
    public async Task Pages_OfManyLeads_AreAnsweredAndThereAfterARestart()
    {
        foreach (int[] some in Enumerable.Range(0, Leads).Chunk(20_000))
        {
            await _store.AppendAsync(new() { Leads = [.. some.Select(Lead)], Transitions = [.. some.SelectMany(Moves)] });
        }

        int open = Enumerable.Range(0, Leads).Count(lead => lead % 3 != 0);
        await using (PageHost host = await StartAsync())
        {
            // The first look takes a while, and each page says so; the call list and the funnel are there first.
            string funnel = "";
            foreach (string path in new[] { "/calls", "/scorecard", "/funnel" })
            {
                while ((funnel = await ReadAsync(host, path)).Contains("The history is being read", StringComparison.Ordinal))
                {
                    await Task.Delay(100);
                }
            }

            funnel.ShouldContain($"{Leads.ToString("#,0", CultureInfo.InvariantCulture)} leads");
            await ShouldTellAsync(host, open);
        }

        await using (PageHost again = await StartAsync())
        {
            (await ReadAsync(again, "/calls")).ShouldContain($"Of {open.ToString("#,0", CultureInfo.InvariantCulture)} open leads");
            await ShouldTellAsync(again, open);
        }

        (int code, string text) = await SampleService.RunAsync("report", "--store", _address, "--models", _folder["models"], "--out", _folder["report.html"]);
        code.ShouldBe(0, text);
        new FileInfo(_folder["report.html"]).Length.ShouldBeLessThan(1024 * 1024);
        LeadName().IsMatch(await File.ReadAllTextAsync(_folder["report.html"])).ShouldBeFalse("nothing of a single lead is in the report");
    }

    private static async Task ShouldTellAsync(PageHost host, int open)
    {
        (await ReadAsync(host, "/calls?capacity=50&stage=MarketingQualified&page=10")).ShouldContain("Page 10 of ");
        (await ReadAsync(host, "/calls?find=lead-7778")).ShouldContain("id=lead-7778\"");
        (await ReadAsync(host, "/calls.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(open + 1);
        (await ReadAsync(host, "/models")).ShouldContain("Champion: small@1");
        (await ReadAsync(host, "/scorecard")).ShouldContain("Do the points earn their keep?");
        (await ReadAsync(host, "/lead?id=lead-7777")).ShouldContain("lead-7777");
        (await ReadAsync(host, "/")).ShouldContain("This model was not compared with rules");
        (await ReadAsync(host, "/v1/leads?sort=waiting&limit=1")).ShouldContain($"\"total\":{open}");
    }

    private static async Task<string> ReadAsync(PageHost host, string path) => WebUtility.HtmlDecode(await Client.GetStringAsync(host.Address + path));

    private Task<PageHost> StartAsync() => PageHost.StartAsync(new() { Models = _folder["models"], Store = _store });

    private static Lead Lead(int i) => new() { Id = $"lead-{i}", Source = i % 2 == 0 ? "event" : "web", CreatedAt = Day.At(i % 300), RecordedAt = Day.At(i % 300) };

    private static IEnumerable<StageTransition> Moves(int i)
    {
        yield return Move(i, Stage.MarketingQualified, 1);
        if (i % 3 != 1)
        {
            yield return Move(i, i % 3 == 0 ? Stage.Disqualified : Stage.SalesAccepted, 2);
        }
    }

    private static StageTransition Move(int i, Stage to, int days) =>
        new() { Id = $"m{i}-{days}", LeadId = $"lead-{i}", To = to, OccurredAt = Day.At((i % 300) + days), RecordedAt = Day.At((i % 300) + days) };

    [GeneratedRegex("lead-[0-9]")]
    private static partial Regex LeadName();

    public sealed class OnSqlite : ManyLeads
    {
        protected override int Leads => 20_000;

        protected override Task<string> AddressAsync(TemporaryFolder folder) => Task.FromResult($"sqlite:{folder["h.db"]}");
    }

    [NeedsPostgres]
    public sealed class OnPostgres : ManyLeads
    {
        protected override int Leads => 10_000;

        protected override async Task<string> AddressAsync(TemporaryFolder folder) => await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
    }
}
