using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.People;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;
using Npgsql;

namespace LeadPredict.Storage.Tests.Postgres;

/// <summary>What users may do who have the rights that <c>docs/storage.md</c> lists for their work, and no more.</summary>
public sealed class PostgresRightsTests
{
    private const string OfImports = "UPDATE ON settings, leads, lead_aliases, merges TO who; GRANT DELETE ON waiting_rows";
    private const string OfServices = "UPDATE, DELETE ON boards, call_list, call_texts, leads, lead_aliases, waiting_rows, lead_scores, outbox, work_leases, score_log TO who; GRANT UPDATE ON merges";
    private const string Gone = "gone@acme.co";

    [PostgresTheory]
    [InlineData("works_import", OfImports)]
    [InlineData("works_serve", OfServices)]
    public async Task Append_WithTheRightsOfItsWork_DoesAllOfIt(string user, string rights)
    {
        await using IHistoryStore store = await OpenAsync(user, rights, owner => owner.AppendAsync(new() { Leads = [.. "abcde".Select(id => new LeadBuilder(id.ToString(), created: 5).Build().Lead)] }));

        await store.AppendAsync(new() { FillsLeads = true, Leads = [new LeadBuilder("a", account: "acme", created: 1).Build().Lead] });
        await store.AppendAsync(new() { Delivered = true, Aliases = [new("v", "w")], Touches = new LeadBuilder("w").Touched("call", 6).Build().Touches });
        await store.AppendAsync(new() { Aliases = [new("w", "a")] });
        await store.AppendAsync(new() { Aliases = [new("c", "b") { Merge = new("told", Day.At(7)) }] });
        await store.AppendAsync(new() { Aliases = [new("b", "a") { Merge = new("told", Day.At(7)) }] });

        (await store.FindAccountOfLeadAsync("v"))!.Leads.ShouldHaveSingleItem().MergedIds.ShouldBe(["b", "c"]);
    }

    /// <summary>Of a lead that is not there nothing is to be removed.</summary>
    [PostgresTheory]
    [InlineData("forgotten_import", "UPDATE ON settings")]
    [InlineData("forgotten_serve", OfServices)]
    public async Task Append_OthersBesideAForgottenPerson_AddsThem(string user, string rights)
    {
        await using IHistoryStore store = await OpenAsync(user, rights, owner => PeopleStores.Of(owner).ForgetAsync(null, Gone, Day.At(1)));
        LeadHistory[] leads = [new LeadBuilder("web-1").Has("email", Gone).Build(), new LeadBuilder("web-2").Has("email", "here@acme.co").Build()];

        AppendResult result = await store.AppendAsync(HistoryBatch.Of(leads.Select(lead => new AccountHistory(null, [lead]))) with { Aliases = [new("visitor", "web-2")] });

        result.Leads.ShouldBe(new AppendCount(1, 0, 0, 1));
        (await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("web-1").BuildAlone()))).Leads.Forgotten.ShouldBe(1);
    }

    [PostgresTheory]
    [InlineData("without", OfServices, false)]
    [InlineData("removes", OfServices + " TO who; GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA leadpredict", true)]
    public async Task Append_LeadThatShowsAForgottenAddress_TakesTheRightsOfForgetting(string user, string rights, bool may)
    {
        await using IHistoryStore store = await OpenAsync(user, rights, owner => PeopleStores.Of(owner).ForgetAsync(null, Gone, Day.At(1)));
        await store.AppendAsync(HistoryBatch.Of(new LeadBuilder("web-1").Touched("call", 1).BuildAlone()));
        HistoryBatch shown = new() { Attributes = new LeadBuilder("web-1").Has("email", Gone, 2).Build().Attributes };

        if (may)
        {
            (await store.AppendAsync(shown)).Attributes.Forgotten.ShouldBe(1);
        }
        else
        {
            (await Should.ThrowAsync<StoreServerException>(() => store.AppendAsync(shown))).Message.ShouldContain("docs/storage.md");
        }

        (await store.SummarizeAsync()).Leads.ShouldBe(may ? 0 : 1);
    }

    /// <summary>A store that its owner began, opened by another user.</summary>
    private static async Task<IHistoryStore> OpenAsync(string user, string rights, Func<IHistoryStore, Task> begin)
    {
        string text = await EmptyPostgresStore.CreateAsync();
        await using (IHistoryStore owner = await HistoryStores.OpenAsync(text, create: false))
        {
            await begin(owner);
        }

        PostgresCluster cluster = await PostgresCluster.SharedAsync();
        string database = new NpgsqlConnectionStringBuilder(text).Database!;
        await cluster.ExecuteAsync(
            database,
            $"CREATE ROLE {user} LOGIN PASSWORD 's'; SET search_path = leadpredict; GRANT USAGE ON SCHEMA leadpredict TO {user}; "
                + $"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA leadpredict TO {user}; GRANT {rights.Replace("TO who", $"TO {user}", StringComparison.Ordinal)} TO {user}");
        return await HistoryStores.OpenAsync(cluster.Connection(database, user, "s"), create: false);
    }
}
