using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Boards;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.HandOff;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Sqlite;

/// <summary>A file that a disk spoilt is told as that by whatever meets it.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Store_WithSpoiltPages_IsRefusedByEveryMember()
    {
        await using (IHistoryStore whole = await HistoryStores.OpenAsync(_folder.Connection("s.db"), create: true))
        {
            await whole.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()));
        }

        // But what opening reads.
        await SpoiltPages.SpoilAsync(_folder.File("s.db"), "tbl_name <> 'schema_migrations'");
        await using IHistoryStore store = await HistoryStores.OpenAsync(_folder.Connection("s.db"), create: false);
        await using OperationsStore operations = await OperationsStore.OpenAsync(_folder.Connection("s.db"), create: false);
        (string Member, Func<Task> Work)[] members =
        [
            ("append", () => store.AppendAsync(HistoryBatch.Of(new LeadBuilder("b").BuildAlone()))),
            ("accounts", async () => await store.ReadAccountsAsync().CountAsync()),
            ("in play", async () => await store.ReadAccountsInPlayAsync(Day.At(1)).CountAsync()),
            ("spool", () => store.SpoolAsync(Day.At(1))),
            ("account", () => store.FindAccountOfLeadAsync("a")),
            ("identifiers", async () => await store.ReadLeadIdsAsync().CountAsync()),
            ("leads", () => store.FindLeadsAsync(["a"])),
            ("summary", () => store.SummarizeAsync()),
            ("last", () => store.FindLastRecordedAsync(Day.At(1))),
            ("funnel", () => store.GetFunnelAsync()),
            ("set funnel", () => store.SetFunnelAsync(FunnelDefinition.Default)),
            ("forget", () => PeopleStores.Of(store).ForgetAsync("a", null, Day.At(1))),
            ("merges", () => MergeStores.Of(store).ListAsync()),
            ("call", () => BoardStores.Of(store).FindCallAsync("a")),
            ("definitions", () => HandOffStores.Of(store).ReadDefinitionsAsync()),
            ("keys", () => operations.Keys.ListAsync()),
            ("outbox", () => operations.Outbox.CountAsync()),
            ("scores", () => operations.LastScores.FindAsync("a")),
        ];

        foreach ((string member, Func<Task> work) in members)
        {
            (await Should.ThrowAsync<StoreFileException>(work, member)).Message.ShouldEndWith("it is damaged; restore a backup", customMessage: member);
        }
    }

    /// <summary>What could not be overwritten is removed all the same, and said.</summary>
    [Fact]
    public async Task Forget_FileThatCannotBeWrittenAnew_RemovesThePersonAndWarns()
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(_folder.Connection("s.db"), create: true);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone(), new LeadBuilder("b").BuildAlone()));
        await SpoiltPages.AddAsync(_folder.File("s.db"));

        Forgotten forgotten = await PeopleStores.Of(store).ForgetAsync("a", null, Day.At(1));

        forgotten.Leads.ShouldBe(1);
        forgotten.Warning.ShouldNotBeNull().ShouldContain("could not be written anew (it is damaged; restore a backup)");
        (await store.FindAccountOfLeadAsync("a")).ShouldBeNull();
        (await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()))).Leads.Forgotten.ShouldBe(1);
    }
}
