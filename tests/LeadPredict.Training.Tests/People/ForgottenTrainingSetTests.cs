using System.Globalization;
using System.Text;
using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.People;

/// <summary>A person that stood in the training set, and after <c>forget</c> stands nowhere: not in the set, a table, a log, an export or a file.</summary>
public sealed class ForgottenTrainingSetTests : IDisposable
{
    private const string Planted = "planted.person@navy.example";
    private const string Lead = "lead-planted";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-forgotten-");
    private readonly StringWriter _said = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Forget_PersonInTheTrainingSetOnSqlite_IsFoundNowhere()
    {
        await ShouldLeaveTheTrainingSetAsync("sqlite:" + At("history.db"));
        FilesWith(Planted).ShouldBeEmpty();
    }

    [PostgresFact]
    public async Task Forget_PersonInTheTrainingSetOnPostgres_IsFoundNowhere()
    {
        string store = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await ShouldLeaveTheTrainingSetAsync(store);
        FilesWith(Planted).ShouldBeEmpty();
        var tables = (string)(await PostgresCluster.ExecuteOnAsync(
            store, "SELECT string_agg(table_name, ' ') FROM information_schema.tables WHERE table_schema = 'leadpredict'"))!;
        tables.ShouldContain("touches");
        foreach (string table in tables.Split(' '))
        {
            (await PostgresCluster.ExecuteOnAsync(store, $"SELECT count(*) FROM leadpredict.{table} AS t WHERE t::text ILIKE '%planted%'")).ShouldBe(0L, table);
        }
    }

    private async Task ShouldLeaveTheTrainingSetAsync(string store)
    {
        await RunAsync("simulate", "--out", At("market"), "--leads", "1500", "--seed", "7");
        await RunAsync("import", At("market"), "--store", store);
        await PlantAsync(store);
        HistoryRow[] before = await BuildAsync(store, "before");
        HistoryRow planted = before.First(row => row.LeadId == Lead);
        string asOf = planted.AsOf.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        (await File.ReadAllTextAsync(At("before.csv"))).ShouldContain(asOf);
        (await FindAsync(store)).ShouldBeTrue();

        await RunAsync("forget", "--email", Planted, "--store", store);

        HistoryRow[] after = await BuildAsync(store, "after");
        after.Select(row => (row.LeadId, row.AsOf)).ShouldBe(before.Where(row => row.LeadId != Lead).Select(row => (row.LeadId, row.AsOf)));
        (await File.ReadAllTextAsync(At("after.csv"))).ShouldNotContain(asOf);
        (await FindAsync(store)).ShouldBeFalse();
        _said.ToString().ShouldNotContain("planted", Case.Insensitive);
    }

    /// <summary>A lead like the others, early enough that its horizon is over in the part that is learnt from.</summary>
    private static async Task PlantAsync(string store)
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(store, create: false);
        double first = ((await history.SummarizeAsync()).FirstOccurredAt!.Value - Day.Zero).TotalDays;
        await history.AppendAsync(HistoryBatch.Of(new LeadBuilder(Lead, first + 1).From("event").Has("email", Planted).Has("jobTitle", "VP Marketing")
            .Touched("email_reply", first + 2, null, ("from", Planted)).Touched("demo_request", first + 3)
            .Enters(Stage.MarketingQualified, first + 4).Enters(Stage.SalesQualified, first + 20).BuildAlone()));
    }

    /// <summary>Exports the table, and builds the set of all decided snapshots with their features as <c>train</c> does.</summary>
    private async Task<HistoryRow[]> BuildAsync(string store, string name)
    {
        await RunAsync("export-table", "--store", store, "--out", At(name + ".csv"));
        var host = new ConsoleHost(_said, _said, TimeProvider.System);
        await using IHistoryStore history = await HistoryStores.OpenAsync(store, create: false);
        using HistorySpool spool = await history.SpoolAsync(DateTimeOffset.MaxValue);
        HistoryExamples examples = await HistoryExamples.CollectAsync(spool, (await history.GetFunnelAsync())!, host, default);
        var reader = new HistoryReader(spool, host);
        SchemaDraft draft = await reader.LearnSchemaAsync(examples.Decided, new(), default);
        draft.Schema.ToJson().ShouldNotContain("planted");
        await reader.ReadAsync(examples.Decided, draft.Schema, null, default);
        examples.Decided.ShouldAllBe(row => row.FeatureCount == draft.Schema.Features.Count);
        return [.. examples.Decided];
    }

    private static async Task<bool> FindAsync(string store)
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(store, create: false);
        return await history.FindAccountOfLeadAsync(Lead) is not null;
    }

    private async Task RunAsync(params string[] arguments)
    {
        int exit = await Program.RunAsync(arguments, new ConsoleHost(_said, _said, TimeProvider.System));
        exit.ShouldBe(0, _said.ToString());
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private IEnumerable<string> FilesWith(string text) => _folder.EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => File.ReadAllBytes(file.FullName).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
        .Select(file => file.Name);
}
