using Dapper;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Migrations;
using LeadPredict.Storage.Sqlite;
using LeadPredict.Testing;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.Tests.Sqlite;

public sealed class SqliteOpeningTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:")]
    [InlineData("sqlite::memory:")]
    [InlineData("leadpredict.db")]
    [InlineData("mongodb://me:secret@localhost")]
    public async Task Open_TextThatNamesNoStore_IsRefusedWithTheFormExpected(string connection)
    {
        StoreConnectionException refusal = await Should.ThrowAsync<StoreConnectionException>(
            () => HistoryStores.OpenAsync(connection, create: true));

        refusal.Connection.ShouldBe(connection);
        refusal.Message.ShouldContain("sqlite:FILE");
        refusal.Message.ShouldNotContain("secret");
    }

    /// <summary>No shell puts the home folder in behind <c>sqlite:</c>.</summary>
    [Fact]
    public void File_InTheHomeFolder_IsThere()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        HistoryStores.SqliteFile("sqlite:~/crm/x.db").ShouldBe(Path.Combine(home, "crm/x.db"));
        HistoryStores.SqliteFile("sqlite:a~/x.db").ShouldBe("a~/x.db");
        HistoryStores.SqliteFile("sqlite:~x.db").ShouldBe("~x.db");
    }

    /// <summary>The runtime says <c>/</c> where neither HOME nor the system's list of users names a folder.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("")]
    public void File_InTheHomeFolderOfNobody_IsRefused(string home) =>
        Should.Throw<StoreConnectionException>(() => HistoryStores.InHome("sqlite:~/x.db", "x.db", home)).Message.ShouldContain("there is no home folder for ~; name the whole path");

    [Fact]
    public async Task Open_ConnectionWithAPassword_IsNotEchoed()
    {
        StoreConnectionException refusal = await Should.ThrowAsync<StoreConnectionException>(
            () => HistoryStores.OpenAsync("Data Source=db;Password=secret", create: false));

        refusal.Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Open_MissingFileWithoutCreate_IsRefusedByNameAndNotMade()
    {
        StoreNotFoundException refusal = await Should.ThrowAsync<StoreNotFoundException>(
            () => HistoryStores.OpenAsync(_folder.Connection("none.db"), create: false));

        refusal.Path.ShouldBe(_folder.File("none.db"));
        File.Exists(_folder.File("none.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Open_AgainWithoutCreate_FindsWhatWasWritten()
    {
        await using (IHistoryStore store = await HistoryStores.OpenAsync(_folder.Connection("new/folder.db"), create: true))
        {
            await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()));
        }

        await using IHistoryStore again = await HistoryStores.OpenAsync(_folder.Connection("new/folder.db"), create: false);

        (await again.SummarizeAsync()).Leads.ShouldBe(1);
    }

    [Fact]
    public async Task Open_StoreOfANewerVersion_IsRefused()
    {
        await (await HistoryStores.OpenAsync(_folder.Connection("s.db"), create: true)).DisposeAsync();
        Change("s.db", "INSERT INTO schema_migrations VALUES (999, '999_future.sql')");

        StoreVersionException refusal = await Should.ThrowAsync<StoreVersionException>(
            () => HistoryStores.OpenAsync(_folder.Connection("s.db"), create: true));

        refusal.Found.ShouldBe(999);
        refusal.Supported.ShouldBe(Migration.Of("Sqlite").Count);
    }

    [Fact]
    public async Task Open_DatabaseOfSomethingElse_IsRefusedAndLeftAlone()
    {
        Change("other.db", "CREATE TABLE customers (id INTEGER)");

        await Should.ThrowAsync<StoreFormatException>(() => HistoryStores.OpenAsync(_folder.Connection("other.db"), create: true));

        Change("other.db", "INSERT INTO customers VALUES (1)");
    }

    [Fact]
    public async Task Open_FileThatIsNoDatabase_IsRefused()
    {
        await File.WriteAllTextAsync(_folder.File("leads.csv"), string.Concat(Enumerable.Repeat("id,created\n", 200)));

        StoreFormatException refusal = await Should.ThrowAsync<StoreFormatException>(
            () => HistoryStores.OpenAsync(_folder.Connection("leads.csv"), create: true));

        refusal.Path.ShouldBe(_folder.File("leads.csv"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_Folder_IsRefusedAsOne(bool create)
    {
        Directory.CreateDirectory(_folder.File("a"));

        StoreFormatException refusal = await Should.ThrowAsync<StoreFormatException>(() => HistoryStores.OpenAsync(_folder.Connection("a"), create));

        refusal.Message.ShouldContain("it is a folder");
    }

    [Fact]
    public async Task Open_FileThatTheSystemDoesNotMake_IsRefusedByName()
    {
        // Longer than any file's name.
        string name = new('x', 300);

        StoreFileException refusal = await Should.ThrowAsync<StoreFileException>(() => HistoryStores.OpenAsync(_folder.Connection(name), create: true));

        refusal.Message.ShouldContain("cannot be opened");
        refusal.Path.ShouldBe(_folder.File(name));
    }

    [Fact]
    public async Task Open_ByManyAtOnce_MakesTheTablesOnce()
    {
        IHistoryStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => HistoryStores.OpenAsync(_folder.Connection("race.db"), create: true)));

        (await stores[7].SummarizeAsync()).Leads.ShouldBe(0);
        foreach (IHistoryStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task OrderedReads_SortNothing()
    {
        await (await HistoryStores.OpenAsync(_folder.Connection("plan.db"), create: true)).DisposeAsync();
        using var connection = Connect("plan.db");

        foreach (string statement in SqliteStatements.Whole)
        {
            IEnumerable<string> plan = connection.Query("EXPLAIN QUERY PLAN " + statement).Select(row => (string)row.detail);
            plan.ShouldNotContain(step => step.Contains("TEMP B-TREE"), statement);
        }

        foreach (string statement in SqliteStatements.Group)
        {
            string[] plan = [.. connection.Query("EXPLAIN QUERY PLAN " + statement, new { group = "x" }).Select(row => (string)row.detail)];
            plan.ShouldNotContain(step => step.StartsWith("SCAN") || step.Contains("TEMP B-TREE"), statement);
        }
    }

    private void Change(string file, string statement)
    {
        using SqliteConnection connection = Connect(file);
        connection.Execute(statement);
    }

    private SqliteConnection Connect(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={_folder.File(file)};Pooling=False");
        connection.Open();
        return connection;
    }
}
