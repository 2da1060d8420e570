using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Tests.Contract;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Storage.Tests.Postgres;

[NeedsPostgres]
public sealed class PostgresHistoryStoreTests() : HistoryStoreContract(new PostgresTestedStore());

[NeedsPostgres]
public sealed class PostgresPeopleStoreTests() : PeopleStoreContract(new PostgresTestedStore())
{
    /// <summary>What a database takes for a letter's small form depends on its locale, which whoever made it chose.</summary>
    [PostgresTheory]
    [InlineData("LOCALE 'C'")]
    [InlineData("LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'")]
    public async Task Forget_InAnyLocale_FindsTheAddress(string locale)
    {
        using var tested = new PostgresTestedStore();
        await using IHistoryStore store = await tested.OpenEmptyAsync(locale);
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
        (await tested.EverythingAsync()).ShouldNotContain("waits");
    }
}
