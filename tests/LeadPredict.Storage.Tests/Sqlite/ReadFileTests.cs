using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Sqlite;
using LeadPredict.Testing;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Tests.Sqlite;

/// <summary>A file that somebody reads from keeps what was there when the reading began.</summary>
public sealed class ReadFileTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Forget_WhileSomebodyReads_WarnsUntilTheFileIsWrittenAnew()
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(_folder.Connection("s.db"), create: true);
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").Has("phone", "0228-secret").BuildAlone(), new LeadBuilder("b").BuildAlone()));
        SqliteDatabase database = ((SqliteHistoryStore)store).Database;
        var people = new StoredPeople(StoreDatabases.Of(store), () => Task.Run(() => database.Compact(TimeSpan.FromMilliseconds(50))));
        await using (var reader = new SqliteConnection($"Data Source={_folder.File("s.db")};Pooling=False"))
        {
            await reader.OpenAsync();
            await using SqliteTransaction reading = reader.BeginTransaction(deferred: true);
            await new SqliteCommand("SELECT count(*) FROM leads", reader, reading).ExecuteScalarAsync();

            Forgotten forgotten = await people.ForgetAsync("a", null, Day.At(1));

            forgotten.Leads.ShouldBe(1);
            forgotten.Warning.ShouldNotBeNull().ShouldContain("others read from it");
            (await EverythingAsync()).ShouldContain("secret");
        }

        (await people.ForgetAsync("a", null, Day.At(1))).Warning.ShouldBeNull();
        (await EverythingAsync()).ShouldNotContain("secret");
    }

    private async Task<string> EverythingAsync()
    {
        string[] files = [.. new[] { "s.db", "s.db-wal" }.Select(_folder.File).Where(File.Exists)];
        return string.Concat(await Task.WhenAll(files.Select(async file =>
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            return await reader.ReadToEndAsync();
        })));
    }
}
