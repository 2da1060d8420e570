using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Tests.Contract;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Storage.Tests.Postgres;

[NeedsPostgres]
public sealed class PostgresHistoryStoreTests : HistoryStoreContract
{
    private string _database = "";

    protected override async Task<IHistoryStore> OpenEmptyAsync()
    {
        _database = await EmptyPostgresStore.CreateAsync();
        return await HistoryStores.OpenAsync(_database, create: false);
    }

    /// <summary>What a database takes for a letter's small form depends on its locale, which whoever made it chose.</summary>
    [PostgresTheory]
    [InlineData("LOCALE 'C'")]
    [InlineData("LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'")]
    public async Task Forget_InAnyLocale_FindsTheAddress(string locale)
    {
        _database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync(locale);
        await using IHistoryStore store = await HistoryStores.OpenAsync(_database, create: true);
        await store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("a").Has("email", " IŞIK.Ö@FIRMA.example ").BuildAlone(),
            new LeadBuilder("A_%!@x.example").BuildAlone(),
            new LeadBuilder("axx!@x.example").Touched("call", 1, null, ("note", "by IŞIK.ö@FIRMA.example, \"a_%!@x.example\"")).BuildAlone()));
        await store.AppendAsync(new() { Delivered = true, Attributes = new LeadBuilder("waits").Has("email", "IŞIK.Ö@firma.example").Build().Attributes });

        Forgotten person = await PeopleStores.Of(store).ForgetAsync(null, "işik.ö@firma.example", Day.At(2));
        Forgotten other = await PeopleStores.Of(store).ForgetAsync(null, "a_%!@X.EXAMPLE", Day.At(2));

        person.Leads.ShouldBe(1);
        other.Leads.ShouldBe(1);
        LeadHistory left = (await store.FindAccountOfLeadAsync("axx!@x.example"))!.Leads.ShouldHaveSingleItem();
        (await store.SummarizeAsync()).Leads.ShouldBe(1);
        left.Touches[0].Properties["note"].Text.ShouldBe("by (forgotten), \"(forgotten)\"");
        (await EverythingAsync()).ShouldNotContain("waits");
    }

    protected override async Task<string> SchemaAsync() => (string)(await PostgresCluster.ExecuteOnAsync(
        _database,
        """
        SELECT string_agg(table_schema || '.' || table_name || '.' || column_name || ' ' || data_type, E'\n' ORDER BY table_name, ordinal_position)
        FROM information_schema.columns WHERE table_schema IN ('leadpredict', 'public')
        """))!;

    protected override async Task<IReadOnlyList<string>> TablesAsync() => ((string)(await PostgresCluster.ExecuteOnAsync(
        _database, "SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'leadpredict'"))!).Split(',');

    protected override async Task<string> EverythingAsync()
    {
        var everything = new System.Text.StringBuilder();
        foreach (string table in await TablesAsync())
        {
            everything.AppendLine((await PostgresCluster.ExecuteOnAsync(_database, $"SELECT string_agg(t::text, E'\\n') FROM leadpredict.{table} t"))?.ToString());
        }

        return everything.ToString();
    }

    protected override Task RunAsync(string statement) => PostgresCluster.ExecuteOnAsync(_database, "SET search_path = leadpredict; " + statement);
}
