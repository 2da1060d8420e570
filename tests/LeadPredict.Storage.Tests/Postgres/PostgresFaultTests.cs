using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Postgres;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;
using Npgsql;

namespace LeadPredict.Storage.Tests.Postgres;

/// <summary>What a server refuses or breaks off is told as what it is.</summary>
public sealed class PostgresFaultTests
{
    [PostgresFact]
    public async Task Open_ServerWithoutEncryption_IsToldApartFromNoServer() =>
        (await Should.ThrowAsync<StoreServerException>(async () => await HistoryStores.OpenAsync(await CreateAsync() + ";SSL Mode=Require", create: true))).Message.ShouldContain("SSL Mode");

    [PostgresFact]
    public async Task Open_CertificateFileThatIsNotThere_IsNamed() =>
        (await Should.ThrowAsync<StoreServerException>(async () => await HistoryStores.OpenAsync(await CreateAsync() + ";SSL Mode=VerifyFull;Root Certificate=/no/such/root.pem", create: true))).Message.ShouldContain("Certificate");

    [PostgresFact]
    public async Task Append_UserWithoutTemporaryTables_IsToldWhatIsMissing()
    {
        string text = await CreateAsync();
        await (await HistoryStores.OpenAsync(text, create: true)).DisposeAsync();
        PostgresCluster cluster = await PostgresCluster.SharedAsync();
        string database = new NpgsqlConnectionStringBuilder(text).Database!;
        await cluster.ExecuteAsync(
            database,
            $"""
            CREATE ROLE importer LOGIN PASSWORD 'i'; REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC; GRANT USAGE ON SCHEMA leadpredict TO importer;
            GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA leadpredict TO importer; GRANT UPDATE ON leadpredict.settings TO importer
            """);
        await using IHistoryStore store = await HistoryStores.OpenAsync(cluster.Connection(database, "importer", "i"), create: true);
        HistoryBatch many = new() { Leads = [.. Enumerable.Range(0, 100).Select(i => new LeadBuilder($"l{i}").Build().Lead)] };

        StoreServerException refusal = await Should.ThrowAsync<StoreServerException>(() => store.AppendAsync(many));

        refusal.Fault.ShouldBe(StoreServerFault.NotAllowed);
        refusal.Message.ShouldContain("temporary");
        refusal.Message.ShouldContain("storage.md");
        await cluster.ExecuteAsync(database, $"GRANT TEMPORARY ON DATABASE {database} TO importer");
        (await store.AppendAsync(many)).Leads.Added.ShouldBe(100);
    }

    [PostgresFact]
    public async Task Read_ServerThatEndsIdleTransactions_IsAFaultThatMayPass()
    {
        string text = await CreateAsync();
        await using (IHistoryStore filled = await HistoryStores.OpenAsync(text, create: true))
        {
            // More than is fetched at once.
            await filled.AppendAsync(new() { Leads = [.. Enumerable.Range(0, 5_000).Select(i => new LeadBuilder($"l{i}").Build().Lead)] });
        }

        await using IHistoryStore store = await HistoryStores.OpenAsync(text + ";Options=-c idle_in_transaction_session_timeout\\=500", create: false);

        StoreServerException refusal = await Should.ThrowAsync<StoreServerException>(async () =>
        {
            int read = 0;
            await foreach (AccountHistory _ in store.ReadAccountsAsync())
            {
                await Task.Delay(read++ == 0 ? 2_000 : 0);
            }
        });

        refusal.MayPass.ShouldBeTrue();
        refusal.Message.ShouldContain("idle");
    }

    /// <summary>What a pooler says that lends out server connections by the transaction and does not know of prepared statements.</summary>
    [Theory]
    [InlineData("42P05")]
    [InlineData("26000")]
    public void Work_StatementsThatAPoolerMixesUp_NameThePooler(string code)
    {
        var fault = new PostgresException("prepared statement \"_p6\" already exists", "ERROR", "ERROR", code);

        StoreServerException refusal = PostgresFaults.OfWork(fault, PostgresAddress.Read("Host=db;Database=leads")!)!;

        (refusal.Fault, refusal.MayPass).ShouldBe((StoreServerFault.NotSupported, false));
        foreach (string part in new[] { "PgBouncer", "1.21", "max_prepared_statements", "directly" })
        {
            refusal.Message.ShouldContain(part);
        }
    }

    /// <summary>A disk that fails and files that are damaged are the server's, as those of SQLite are the file's.</summary>
    [Theory]
    [InlineData("58000")]
    [InlineData("58030")]
    [InlineData("58P01")]
    [InlineData("XX000")]
    [InlineData("XX001")]
    [InlineData("XX002")]
    public void Work_TheServerFailsByItself_IsAFaultThatMayPass(string code)
    {
        var fault = new PostgresException("could not read blocks 0..0 in file \"base/5/16384\": Input/output error", "ERROR", "ERROR", code);

        StoreServerException refusal = PostgresFaults.OfWork(fault, PostgresAddress.Read("Host=db;Database=leads")!).ShouldNotBeNull();

        (refusal.Fault, refusal.MayPass).ShouldBe((StoreServerFault.Interrupted, true));
        refusal.Message.ShouldContain("look at its log");
        refusal.Message.ShouldContain("base/5/16384");
    }

    private static async Task<string> CreateAsync() => await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
}
