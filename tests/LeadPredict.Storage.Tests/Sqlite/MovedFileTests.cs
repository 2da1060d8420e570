using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Operations;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Sqlite;

/// <summary>A file that is not there any more, or another, takes nothing: it would be lost.</summary>
public sealed class MovedFileTests : IAsyncLifetime
{
    private readonly StoreFolder _folder = new();
    private IHistoryStore _store = null!;
    private OperationsStore _operations = null!;

    private string Path => _folder.File("s.db");

    public async Task InitializeAsync()
    {
        _store = await HistoryStores.OpenAsync(_folder.Connection("s.db"), create: true);
        _operations = await OperationsStore.OpenAsync(_folder.Connection("s.db"), create: true);
        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()));
        await _operations.PingAsync();
    }

    public async Task DisposeAsync()
    {
        await _operations.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task File_Deleted_TakesNothing()
    {
        File.Delete(Path);

        await RefusesAsync();
        File.Exists(Path).ShouldBeFalse();
    }

    [Fact]
    public async Task File_ReplacedByABackup_TakesNothingAndLeavesItAsItIs()
    {
        await using (IHistoryStore backup = await HistoryStores.OpenAsync(_folder.Connection("backup.db"), create: true))
        {
            await backup.AppendAsync(HistoryBatch.Of(new LeadBuilder("b").BuildAlone(), new LeadBuilder("c").BuildAlone()));
        }

        foreach (string beside in new[] { "-wal", "-shm" })
        {
            File.Delete(Path + beside);
        }

        byte[] before = await File.ReadAllBytesAsync(_folder.File("backup.db"));
        File.Move(_folder.File("backup.db"), Path, overwrite: true);

        // Several at once, so that connections are opened anew too.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefusesAsync()));
        await DisposeStoresAsync();
        (await File.ReadAllBytesAsync(Path)).ShouldBe(before);
        await using IHistoryStore again = await HistoryStores.OpenAsync(_folder.Connection("s.db"), create: false);
        (await again.SummarizeAsync()).Leads.ShouldBe(2);
    }

    [Fact]
    public async Task File_MovedAwayAndBack_IsTheSame()
    {
        File.Move(Path, Path + ".away");
        await RefusesAsync();
        File.Move(Path + ".away", Path);

        (await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("b").BuildAlone()))).Leads.Added.ShouldBe(1);
        await _operations.PingAsync();
    }

    private async Task RefusesAsync()
    {
        StoreFileException refusal = await Should.ThrowAsync<StoreFileException>(() => _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("z").BuildAlone())));
        (refusal.IsMoved, refusal.Path).ShouldBe((true, Path));
        refusal.Message.ShouldContain("the file was replaced or moved while it was open; stop the service, then put the file in place");
        (await Should.ThrowAsync<StoreFileException>(() => _store.SetFunnelAsync(FunnelDefinition.Default))).IsMoved.ShouldBeTrue();
        (await Should.ThrowAsync<StoreFileException>(() => _operations.PingAsync())).IsMoved.ShouldBeTrue();
        (await Should.ThrowAsync<StoreFileException>(() => _operations.Outbox.WithdrawAsync("a"))).IsMoved.ShouldBeTrue();
    }

    private async Task DisposeStoresAsync()
    {
        await _operations.DisposeAsync();
        await _store.DisposeAsync();
    }
}
