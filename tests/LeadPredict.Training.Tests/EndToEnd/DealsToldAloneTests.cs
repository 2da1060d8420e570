using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>A won deal that no move tells of leaves its lead open in training, which is told.</summary>
public sealed class DealsToldAloneTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-alone-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Train_OfAWonDealWithoutAMove_WarnsOfIt()
    {
        string store = "sqlite:" + Path.Combine(_folder.FullName, "h.db");
        string made = Path.Combine(_folder.FullName, "made");
        await DoAsync("simulate", "--out", made, "--leads", "800", "--seed", "9");
        await DoAsync("import", made, "--store", store);
        (await TrainAsync(store)).ShouldNotContain(warning => warning.StartsWith("Leads with", StringComparison.Ordinal));

        await using (IHistoryStore history = await HistoryStores.OpenAsync(store, create: false))
        {
            Lead open = await history.ReadAccountsAsync().SelectMany(account => account.Leads.ToAsyncEnumerable())
                .Where(lead => lead.Transitions.All(move => move.To != Stage.Won)).Select(lead => lead.Lead).FirstAsync();
            await history.AppendAsync(new() { Outcomes = [new() { Id = "alone", LeadId = open.Id, Won = true, OccurredAt = open.CreatedAt, RecordedAt = open.CreatedAt }] });
        }

        (await TrainAsync(store)).ShouldContain(warning => warning.StartsWith("Leads with a won deal and no move to Won: 1.", StringComparison.Ordinal));
    }

    private async Task<string[]> TrainAsync(string store)
    {
        ConsoleRun run = await DoAsync("train", "--store", store, "--models", Path.Combine(_folder.FullName, "m"), "--name", "leads", "--learner", "trees", "--trees", "10", "--json");
        return [.. run.Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];
    }

    private static async Task<ConsoleRun> DoAsync(params string[] arguments)
    {
        ConsoleRun run = await ConsoleRun.Of(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        return run;
    }
}
