using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Migrations;
using LeadPredict.Storage.Postgres;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;
using Npgsql;

namespace LeadPredict.Storage.Tests.Postgres;

public sealed class PostgresOpeningTests
{
    [PostgresFact]
    public async Task Open_UriForm_IsTheSameStore()
    {
        string text = await CreateAsync();
        await using (IHistoryStore store = await HistoryStores.OpenAsync(text, create: true))
        {
            await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()));
        }

        var parts = new NpgsqlConnectionStringBuilder(text);
        string uri = $"postgresql://{parts.Username}:{Uri.EscapeDataString(parts.Password!)}@{parts.Host}:{parts.Port}/{parts.Database}";
        await using IHistoryStore again = await HistoryStores.OpenAsync(uri, create: false);

        (await again.SummarizeAsync()).Leads.ShouldBe(1);
    }

    [PostgresFact]
    public async Task Open_ManyServicesAtOnce_MakeTheTablesOnce()
    {
        string text = await CreateAsync();

        IHistoryStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => HistoryStores.OpenAsync(text, create: true)));

        await Task.WhenAll(stores.Select(store => store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()))));
        (await stores[7].SummarizeAsync()).Leads.ShouldBe(1);
        (await PostgresCluster.ExecuteOnAsync(text, "SELECT count(*) FROM leadpredict.schema_migrations")).ShouldBe((long)Migration.Of("Postgres").Count);
        foreach (IHistoryStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task Open_WithoutCreate_MakesNothing()
    {
        string text = await CreateAsync();

        StoreNotFoundException refusal = await Should.ThrowAsync<StoreNotFoundException>(() => HistoryStores.OpenAsync(text, create: false));

        refusal.Message.ShouldContain("leadpredict import");
        (await PostgresCluster.ExecuteOnAsync(text, "SELECT to_regnamespace('leadpredict')::text")).ShouldBe(DBNull.Value);
    }

    [PostgresFact]
    public async Task Open_WrongPassword_IsRefusedWithoutShowingIt()
    {
        PostgresCluster cluster = await PostgresCluster.SharedAsync();

        StoreServerException refusal = await RefusalAsync(cluster.Connection("postgres", password: "h1dden"), StoreServerFault.SignInRefused);

        refusal.Message.ShouldContain("'owner'");
        refusal.ToString().ShouldNotContain("h1dden");
    }

    [PostgresFact]
    public async Task Open_NoPassword_IsAskedForIt()
    {
        PostgresCluster cluster = await PostgresCluster.SharedAsync();

        (await RefusalAsync($"Host=127.0.0.1;Port={cluster.Port};Database=postgres;Username=owner", StoreServerFault.SignInRefused))
            .Message.ShouldContain("PGPASSWORD");
    }

    [PostgresFact]
    public async Task Open_MissingDatabase_IsRefusedByName() =>
        (await RefusalAsync((await PostgresCluster.SharedAsync()).Connection("nowhere"), StoreServerFault.DatabaseMissing))
            .Message.ShouldContain("'nowhere'");

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=leads;Username=me;Password=h1dden")]
    [InlineData("Host=no.such.host.invalid;Database=leads;Username=me;Password=h1dden")]
    [InlineData("postgresql://me:h1dden@127.0.0.1:1/leads")]
    public async Task Open_NoServerThere_IsRefusedByAddress(string text)
    {
        StoreServerException refusal = await RefusalAsync(text, StoreServerFault.Unreachable);

        refusal.Message.ShouldContain("check host and port");
        refusal.MayPass.ShouldBeTrue();
        refusal.ToString().ShouldNotContain("h1dden");
    }

    [PostgresFact]
    public async Task Open_UserWithoutTheRight_IsToldWhatToAskFor()
    {
        PostgresCluster cluster = await PostgresCluster.SharedAsync();
        string database = new NpgsqlConnectionStringBuilder(await CreateAsync()).Database!;
        await cluster.ExecuteAsync(database, "CREATE ROLE reader LOGIN PASSWORD 'r'");
        string asReader = cluster.Connection(database, "reader", "r");

        (await RefusalAsync(asReader, StoreServerFault.NotAllowed)).Message.ShouldContain("CREATE on the database");

        await using (IHistoryStore made = await HistoryStores.OpenAsync(cluster.Connection(database), create: true))
        {
            await made.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()));
        }

        (await RefusalAsync(asReader, StoreServerFault.NotAllowed)).Message.ShouldContain("USAGE on schema 'leadpredict'");
        await cluster.ExecuteAsync(
            database, "GRANT USAGE ON SCHEMA leadpredict TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA leadpredict TO reader");
        await using IHistoryStore store = await HistoryStores.OpenAsync(asReader, create: true);
        (await store.FindAccountOfLeadAsync("a")).ShouldNotBeNull();
        (await Should.ThrowAsync<StoreServerException>(() => store.AppendAsync(HistoryBatch.Of(new LeadBuilder("b").BuildAlone()))))
            .Fault.ShouldBe(StoreServerFault.NotAllowed);

        await cluster.ExecuteAsync(database, "REVOKE USAGE ON SCHEMA leadpredict FROM reader");
        NpgsqlConnection.ClearAllPools();
        (await Should.ThrowAsync<StoreServerException>(() => store.FindAccountOfLeadAsync("a"))).Message.ShouldContain("USAGE on schema 'leadpredict'");
    }

    [PostgresFact]
    public async Task Open_StoreOfANewerVersion_IsRefused()
    {
        string text = await CreateAsync();
        await (await HistoryStores.OpenAsync(text, create: true)).DisposeAsync();
        await PostgresCluster.ExecuteOnAsync(text, "INSERT INTO leadpredict.schema_migrations VALUES (999, '999_future.sql')");

        (await Should.ThrowAsync<StoreVersionException>(() => HistoryStores.OpenAsync(text, create: true))).Found.ShouldBe(999);
    }

    [PostgresTheory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Open_OlderStoreByAUserWhoDoesNotOwnIt_IsToldWhoShouldOpenItFirst(int version)
    {
        string text = await CreateAsync();
        PostgresCluster cluster = await PostgresCluster.SharedAsync();
        string database = new NpgsqlConnectionStringBuilder(text).Database!, user = $"service_{version}";
        IReadOnlyList<Migration> migrations = Migration.Of("Postgres");
        await using (var connection = new NpgsqlConnection(text + ";Search Path=leadpredict;Pooling=false"))
        {
            await connection.OpenAsync();
            await PostgresMigrator.MigrateAsync(connection, PostgresAddress.Read(text)!, create: true, [.. migrations.Take(version)], CancellationToken.None);
        }

        await cluster.ExecuteAsync(
            database,
            $"CREATE ROLE {user} LOGIN PASSWORD 's'; GRANT USAGE ON SCHEMA leadpredict TO {user}; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA leadpredict TO {user}; "
                + $"ALTER DEFAULT PRIVILEGES IN SCHEMA leadpredict GRANT SELECT, INSERT ON TABLES TO {user}");
        string asUser = cluster.Connection(database, user, "s");

        string told = (await RefusalAsync(asUser, StoreServerFault.NotAllowed)).Message;

        told.ShouldContain($"schema version {version} and this program needs {migrations.Count}");
        told.ShouldContain("leadpredict keys list --store");
        told.ShouldNotContain("CREATE on the database");
        await (await HistoryStores.OpenAsync(text, create: false)).DisposeAsync();
        await using IHistoryStore store = await HistoryStores.OpenAsync(asUser, create: false);
        (await store.SummarizeAsync()).Leads.ShouldBe(0);
        (await PostgresCluster.ExecuteOnAsync(asUser, "SELECT count(*) FROM leadpredict.boards")).ShouldBe(0L);
    }

    [PostgresFact]
    public async Task Open_SchemaOfSomethingElse_IsRefusedAndLeftAlone()
    {
        string text = await CreateAsync();
        await PostgresCluster.ExecuteOnAsync(text, "CREATE SCHEMA leadpredict; CREATE TABLE leadpredict.customers (id integer)");

        await Should.ThrowAsync<StoreFormatException>(() => HistoryStores.OpenAsync(text, create: true));

        await using IHistoryStore elsewhere = await HistoryStores.OpenAsync(text + ";Search Path=other", create: true);
        (await elsewhere.SummarizeAsync()).Leads.ShouldBe(0);
    }

    [PostgresFact]
    public async Task Open_DatabaseOfAnotherEncoding_IsRefused() =>
        (await RefusalAsync(await CreateAsync("ENCODING 'LATIN1' LOCALE 'C'"), StoreServerFault.NotSupported)).Message.ShouldContain("UTF8");

    [Fact]
    public void Demand_ServerTooOld_IsRefusedByVersion()
    {
        PostgresAddress address = PostgresAddress.Read("Host=db;Database=leads")!;

        Should.Throw<StoreServerException>(() => PostgresDatabase.Demand(address, new Version(14, 11), "UTF8"))
            .Message.ShouldBe("PostgreSQL at db:5432/leads: its version is 14.11; expected 15 or later");
        PostgresDatabase.Demand(address, new Version(15, 0), "UTF8");
    }

    [Fact]
    public void Demand_ConnectionsThatGoToAnotherSchema_AreRefused()
    {
        PostgresAddress address = PostgresAddress.Read("Host=db;Database=leads")!;

        Should.Throw<StoreServerException>(() => PostgresDatabase.DemandSchema(address, "\"$user\", public")).Message.ShouldContain("SET search_path = leadpredict");
        PostgresDatabase.DemandSchema(address, "leadpredict");
        PostgresDatabase.DemandSchema(address, "\"leadpredict\"");
    }

    [PostgresFact]
    public async Task OrderedReads_SortNothing()
    {
        string text = await CreateAsync();
        await (await HistoryStores.OpenAsync(text, create: true)).DisposeAsync();
        await using var connection = new NpgsqlConnection(text + ";Search Path=leadpredict");
        await connection.OpenAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await new NpgsqlCommand(PostgresStatements.WalkInOrder, connection).ExecuteNonQueryAsync();
        foreach (string statement in PostgresStatements.Whole)
        {
            var plan = new List<string>();
            await using var command = new NpgsqlCommand("EXPLAIN " + statement, connection);
            await using NpgsqlDataReader lines = await command.ExecuteReaderAsync();
            while (await lines.ReadAsync())
            {
                plan.Add(lines.GetString(0));
            }

            plan.ShouldNotContain(line => line.Contains("Sort"), string.Join('\n', plan));
            plan.ShouldContain(line => line.Contains("leads_by_reading"), string.Join('\n', plan));
        }
    }

    private static async Task<string> CreateAsync(string? options = null)
    {
        PostgresCluster cluster = await PostgresCluster.SharedAsync();
        return options is null ? await cluster.CreateDatabaseAsync() : await cluster.CreateDatabaseAsync(options);
    }

    private static async Task<StoreServerException> RefusalAsync(string text, StoreServerFault fault)
    {
        StoreServerException refusal = await Should.ThrowAsync<StoreServerException>(() => HistoryStores.OpenAsync(text, create: true));
        refusal.Fault.ShouldBe(fault, refusal.ToString());
        return refusal;
    }
}
