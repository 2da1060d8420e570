using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.People;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>People who ask to be forgotten.</summary>
public abstract partial class PeopleStoreContract(TestedStore tested) : StoreContract(tested)
{
    private const string Planted = "Grace.O'Hopper+x@navy.example";

    [ContractFact]
    public async Task Forget_AddressThatOthersHold_LeavesTheirs()
    {
        string[] others = ["joann@acme.co", "ann@acme.com", "ann@acme.co.uk", "mary.ann@acme.co"];
        await Store.AppendAsync(HistoryBatch.Of([
            new LeadBuilder("ann").Has("email", "ann@acme.co").BuildAlone(),
            .. others.Select((address, i) => new LeadBuilder($"other-{i}").Has("email", address).Touched("call", 1, null, ("note", $"for {address}\nann@acme.co, not {address}")).BuildAlone()),
        ]));

        await PeopleStores.Of(Store).ForgetAsync(null, "Ann@Acme.co", Day.At(2));

        LeadHistory[] left = [.. (await ReadAllAsync()).SelectMany(account => account.Leads)];
        left.Select(lead => lead.Attributes[0].Value.Text).ShouldBe(others);
        left.Select(lead => lead.Touches[0].Properties["note"].Text).ShouldBe(others.Select(address => $"for {address}\n(forgotten), not {address}"));
    }

    [ContractFact]
    public async Task Forget_AddressWithCapitalsBeyondAscii_IsFoundInAnyCase()
    {
        await Store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("a").Has("email", "ÖZTÜRK@firma.example").BuildAlone(),
            new LeadBuilder("b").Touched("call", 1, null, ("note", "by ÖZTÜRK@firma.example")).BuildAlone()));

        Forgotten forgotten = await PeopleStores.Of(Store).ForgetAsync(null, "öztürk@Firma.example", Day.At(2));

        forgotten.Leads.ShouldBe(1);
        (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0].Touches[0].Properties["note"].Text.ShouldBe("by (forgotten)");
    }

    [ContractFact]
    public async Task Forget_RowThatWaitsUnderTheAddressInAnotherCase_IsGone()
    {
        await Store.AppendAsync(new() { Delivered = true, Touches = new LeadBuilder("Case1@fgt.example").Touched("call", 1).Build().Touches });

        Forgotten forgotten = await PeopleStores.Of(Store).ForgetAsync(null, "case1@FGT.example", Day.At(2));

        forgotten.Rows.ShouldBe(1);
        (await Tested.EverythingAsync()).Contains("case1@", StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
    }

    [ContractFact]
    public async Task Forget_WhileRowsAreOnTheirWay_NobodyComesBack()
    {
        await Store.AppendAsync(new() { Leads = [new LeadBuilder("grace").Build().Lead] });
        Lead[] many = [.. Enumerable.Range(0, 3000).Select(i => new LeadBuilder($"h{i}").Build().Lead), new LeadBuilder("eve").Build().Lead];

        Task<AppendResult> adding = Store.AppendAsync(new() { Leads = many, Touches = [.. Enumerable.Range(0, 3000).SelectMany(i => new LeadBuilder($"h{i}").Touched("call", 1).Build().Touches)] });
        await PeopleStores.Of(Store).ForgetAsync("eve", null, Day.At(2));
        await adding;

        (await Store.FindAccountOfLeadAsync("eve")).ShouldBeNull();
    }

    [ContractFact]
    public async Task Forget_PlantedAddress_IsFoundNowhereAndDoesNotComeBack()
    {
        LeadHistory grace = new LeadBuilder("grace").Has("email", Planted).Touched("form_submit", 1, null, ("email", Planted)).Enters(Stage.MarketingQualified, 2).Closes(true, 3, 5m).Build();
        LeadHistory twin = new LeadBuilder("twin").Has("phone", "123").Build();
        LeadHistory other = new LeadBuilder("other").Has("referredBy", "by " + Planted.ToUpperInvariant()).Touched("call", 1, null, ("note", $"told by {Planted}, twice"))
            .Enters(Stage.Lost, 2, actor: Planted, reason: $"asked {Planted}").Build();
        await Store.AppendAsync(HistoryBatch.Of(new(null, [grace]), new(null, [twin]), new(null, [other])));
        await Store.AppendAsync(new() { Delivered = true, Aliases = [new("visitor", "grace"), new(Planted, "grace")], Touches = [new LeadBuilder("unknown").Touched("call", 1, null, ("email", Planted)).Build().Touches[0]] });
        await Store.AppendAsync(Delivered(new LeadBuilder("waits").Has("email", Planted.ToLowerInvariant()).Build()) with { Leads = [] });
        await MergeAsync(MergeStores.Of(Store), new(MergeKind.Lead, "grace", "twin", $"{Planted} said so"), Day.At(4));
        foreach (string statement in PlantedRows())
        {
            await Tested.RunAsync(statement);
        }

        Forgotten forgotten = await PeopleStores.Of(Store).ForgetAsync(null, Planted.ToUpperInvariant(), Day.At(5));

        forgotten.Leads.ShouldBe(2);
        string everything = await Tested.EverythingAsync();
        everything.ShouldContain("other");
        foreach (string trace in new[] { "Hopper", System.Text.Json.JsonSerializer.Serialize(Planted).Trim('"'), "grace", "visitor", "twin" })
        {
            everything.Contains(trace, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(trace);
        }

        LeadHistory left = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0];
        left.Touches[0].Properties["note"].Text.ShouldBe("told by (forgotten), twice");
        left.Transitions[0].Reason.ShouldBe("asked (forgotten)");

        AppendResult again = await Store.AppendAsync(HistoryBatch.Of(new(null, [grace]), new(null, [twin])));
        again.Total.Added.ShouldBe(0);
        again.Leads.Forgotten.ShouldBe(2);
        again.Touches.ShouldBe(new AppendCount(0, 0, 0, 1));
        AppendResult underAnotherName = await Store.AppendAsync(Delivered(new LeadBuilder("new-name").Has("email", $" {Planted.ToLowerInvariant()} ").Touched("call", 1).Build()));
        underAnotherName.States!.Leads.ShouldBe([RowState.Forgotten]);
        (await Store.AppendAsync(new() { Delivered = true, Leads = [new LeadBuilder("new-name").Build().Lead] })).Leads.Forgotten.ShouldBe(1);
        (await Store.SummarizeAsync()).Leads.ShouldBe(1);
    }

    [ContractFact]
    public async Task Forget_LeadThatShowsItsAddressLater_IsForgottenThen()
    {
        await PeopleStores.Of(Store).ForgetAsync(null, Planted, Day.At(1));
        await Store.AppendAsync(new() { Leads = [new LeadBuilder("hs-1").Build().Lead], Touches = new LeadBuilder("hs-1").Touched("call", 1).Build().Touches });

        AppendResult result = await Store.AppendAsync(new() { Attributes = new LeadBuilder("hs-1").Has("email", Planted).Build().Attributes });

        result.Attributes.Forgotten.ShouldBe(1);
        (await ReadAllAsync()).ShouldBeEmpty();
        (await Store.SummarizeAsync()).Touches.ShouldBe(0);
    }

    /// <summary>Under its other name, by the other name, as one of two that were merged, and as what the delivery itself calls it.</summary>
    [ContractFact]
    public async Task Forget_LeadThatShowsItsAddressLater_IsForgottenUnderAllItsNames()
    {
        await PeopleStores.Of(Store).ForgetAsync(null, "ann@acme.co", Day.At(1));
        await Store.AppendAsync(new()
        {
            Delivered = true,
            Leads = [.. new[] { "w", "x", "v1", "v2", "other" }.Select(id => new LeadBuilder(id).Build().Lead)],
            Aliases = [new("anon-w", "w"), new("anon-x", "x"), new("v1", "v2") { Merge = new("one person", Day.At(2)) }],
        });

        await Store.AppendAsync(new()
        {
            Delivered = true,
            Aliases = [new("anon-y", "y")],
            Touches = [.. new[] { "anon-w", "x", "v1", "y" }.SelectMany(id => new LeadBuilder(id).Touched("form", 3, null, ("email", "Ann@acme.co")).Build().Touches)],
        });
        AppendResult again = await Store.AppendAsync(new()
        {
            Delivered = true,
            Leads = [.. new[] { "w", "v2" }.Select(id => new LeadBuilder(id).Build().Lead)],
            Touches = [.. new[] { "w", "anon-w", "x", "anon-x", "v1", "v2", "y", "anon-y" }.SelectMany(id => new LeadBuilder(id).Touched("call", 4).Build().Touches)],
        });

        // An import tells other names after the leads: of one that was refused too.
        await Store.AppendAsync(new() { Leads = [new LeadBuilder("z1").Build().Lead, new LeadBuilder("z2").Build().Lead], Attributes = new LeadBuilder("z1").Has("email", "ann@acme.co").Build().Attributes });
        await Store.AppendAsync(new() { Aliases = [new("anon-z", "z1"), new("z2", "z1") { Merge = new("one person", Day.At(2)) }] });
        (await Store.AppendAsync(new() { Leads = [new LeadBuilder("anon-z").Build().Lead] })).Leads.Forgotten.ShouldBe(1);

        (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0].Lead.Id.ShouldBe("other");
        (again.Leads.Forgotten, again.Touches.Forgotten).ShouldBe((2, 8));
    }

    [ContractFact]
    public async Task Forget_AddressInAnotherCaseThatWasOnlyScored_IsGone()
    {
        await Tested.RunAsync("INSERT INTO score_log (at, lead_id, as_of, model, version, hash, role, origin, fingerprint, stage, score, grade, next_stage, next_action) VALUES (1, 'Case2@fgt.example', 1, 'm', 1, 'h', 'champion', 'served', 'f', 'Lead', 1, 'A', 'Lead', 'call')");
        (await PeopleStores.Of(Store).ForgetAsync(null, "case2@FGT.example", Day.At(2))).Rows.ShouldBe(1);
        (await Tested.EverythingAsync()).Contains("case2@", StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
    }

    /// <summary>Nobody told of a lead under the address itself: it is only what another name was said to mean.</summary>
    [ContractFact]
    public async Task Forget_AddressThatAnotherNameWasSaidToMean_IsGoneWithTheName()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("grace").Has("email", Planted).BuildAlone()));
        await Store.AppendAsync(new() { Delivered = true, Aliases = [new("visitor", Planted), new("guest", "Case3@fgt.example")] });

        await PeopleStores.Of(Store).ForgetAsync("grace", null, Day.At(2));
        await PeopleStores.Of(Store).ForgetAsync(null, "case3@FGT.example", Day.At(2));

        string everything = await Tested.EverythingAsync();
        new[] { "Hopper", "visitor", "Case3", "guest" }.Where(everything.Contains).ShouldBeEmpty();
        AppendResult later = await Store.AppendAsync(new() { Delivered = true, Touches = [.. new[] { "visitor", "guest" }.SelectMany(id => new LeadBuilder(id).Touched("call", 3).Build().Touches)] });
        later.Touches.Forgotten.ShouldBe(2);
    }

    [ContractFact]
    public async Task Forget_LeadById_SuppressesItsAddressToo()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("grace").Has("email", Planted).BuildAlone()));

        await PeopleStores.Of(Store).ForgetAsync("grace", null, Day.At(1));

        (await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("other-id").Has("mail", Planted).BuildAlone()))).Leads.Forgotten.ShouldBe(1);
    }

    [ContractFact]
    public async Task PersonTables_OfTheSchema_AreAllNamed()
    {
        string schema = await Tested.SchemaAsync();
        foreach (string table in await Tested.TablesAsync())
        {
            PersonTables.All.ShouldContain(table, "say in PersonTables how a person is forgotten there");
        }

        PersonTables.All.ShouldAllBe(table => schema.Contains(table));
        PersonTables.Texts.ShouldAllBe(place => schema.Contains(place.Column));
    }

    /// <summary>Rows of tables that other parts write.</summary>
    private static IEnumerable<string> PlantedRows()
    {
        string quoted = Planted.Replace("'", "''");
        yield return $"INSERT INTO score_log (at, lead_id, as_of, model, version, hash, role, origin, fingerprint, stage, score, grade, next_stage, next_action, answer) VALUES (1, 'grace', 1, 'm', 1, 'h', 'champion', 'served', 'f', 'Lead', 1, 'A', 'Lead', 'call', '{quoted}')";
        yield return $"INSERT INTO score_log (at, lead_id, as_of, model, version, hash, role, origin, fingerprint, stage, score, grade, next_stage, next_action, answer) VALUES (1, 'other', 1, 'm', 1, 'h', 'champion', 'served', 'f', 'Lead', 1, 'A', 'Lead', 'call', '{quoted}')";
        yield return "INSERT INTO lead_scores (lead_id, as_of, model, version, stage, score, next_stage, next_action) VALUES ('twin', 1, 'm', 1, 'Lead', 1, 'Lead', 'call')";
        yield return $"INSERT INTO outbox (event_id, lead_id, kind, payload, created_at, attempts, due_at) VALUES ('e', 'other', 'k', '{quoted}', 1, 0, 1)";
        yield return $"INSERT INTO audit_log (at, actor, action, subject, outcome) VALUES (1, 'console', 'look', '{quoted}', 'done')";
    }
}
