using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.People;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>Which addresses are a person's own, and what becomes of a forgotten one in the rows of others.</summary>
public abstract partial class PeopleStoreContract
{
    private const string Ada = "ada@acme.example";

    [ContractFact]
    public async Task Forget_LeadWithAddressesOfOthers_LeavesThoseOthers()
    {
        LeadHistory[] others =
        [
            new LeadBuilder("LB").Has("owner", "erik@ours.example").Touched("form_submit", 1, null, ("to", "erik@ours.example")).Build(),
            new LeadBuilder("LR").Has("email", "rolf@acme.example").Build(),
            new LeadBuilder("LN").Has("email", "nora@new.example").Has("ownerEmail", "erik@ours.example").Build(),
        ];
        LeadHistory lead = new LeadBuilder("LA").Has("email", Ada).Has("owner", "erik@ours.example").Has("referredBy", "rolf@acme.example").Build();
        await Store.AppendAsync(HistoryBatch.Of(new(null, [lead]), new(null, [others[0]]), new(null, [others[1]])));

        await PeopleStores.Of(Store).ForgetAsync("LA", null, Day.At(2));
        AppendResult again = await Store.AppendAsync(HistoryBatch.Of(others.Append(lead).Select(one => new AccountHistory(null, [one]))));

        again.Leads.Forgotten.ShouldBe(1);
        LeadHistory[] left = [.. (await ReadAllAsync()).SelectMany(account => account.Leads).OrderBy(one => one.Lead.Id, StringComparer.Ordinal)];
        left.Select(one => one.Lead.Id).ShouldBe(["LB", "LN", "LR"]);
        left[0].Attributes[0].Value.Text.ShouldBe("erik@ours.example");
        left[0].Touches[0].Properties["to"].Text.ShouldBe("erik@ours.example");
    }

    [ContractFact]
    public async Task Append_ForgottenAddressInRowsOfOthers_IsTakenOutAndTheRowsStay()
    {
        await PeopleStores.Of(Store).ForgetAsync(null, Ada, Day.At(1));
        LeadHistory other = new LeadBuilder("other").From($"list of {Ada}").Has("referredBy", "ADA@acme.example").Has("note", $"mailto:{Ada}, joada@acme.example")
            .Touched("call", 1, null, ("to", Ada), ("email", "other@acme.example")).Enters(Funnel.Stages.Stage.Lost, 2, actor: Ada, reason: $"asked {Ada}").Build();
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [other])));
        await Store.AppendAsync(Delivered(new LeadBuilder("later").Has("referredBy", Ada).Touched("call", 1, null, ("note", $"with {Ada}")).Build()) with { Leads = [] });
        AppendResult again = await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [other])));

        again.Total.Forgotten.ShouldBe(0);
        LeadHistory left = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0];
        left.Lead.Source.ShouldBe("list of (forgotten)");
        left.Attributes.ToDictionary(row => row.Name, row => row.Value.Text).ShouldBe(
            new Dictionary<string, string?> { ["note"] = "mailto:(forgotten), joada@acme.example", ["referredBy"] = "(forgotten)" }, ignoreOrder: true);
        left.Touches[0].Properties["to"].Text.ShouldBe("(forgotten)");
        (left.Transitions[0].Actor, left.Transitions[0].Reason).ShouldBe(("(forgotten)", "asked (forgotten)"));
        (await Tested.EverythingAsync()).Replace("joada@", "", StringComparison.Ordinal).Contains(Ada, StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
    }

    /// <summary>An import recognises each of them, and so does who forgets.</summary>
    [ContractFact]
    public async Task Forget_AddressHoweverItIsWritten_IsFoundAsTheNextImportWould()
    {
        LeadHistory[] all =
        [
            .. new[]
            {
                "ada@acme.example;ada2@acme.example", "Ada Z <ada@acme.example>", "\u200Bada@acme.example", "ada@acme.example\u200E", "mailto:ADA@acme.example?subject=x", " Ada@acme.example\u00A0",
                "\"Z, Ada\" <ada@acme.example>", "ada2@acme.example, ada@acme.example",
            }.Select((text, i) => new LeadBuilder($"V{i}").Has(i % 2 == 0 ? "E-Mail" : "emailaddress2", text).Build()),
            new LeadBuilder("form").Touched("form_submit", 1, null, ("Email Address", "Ada <ada@acme.example>")).Build(),
        ];
        LeadHistory[] others = [new LeadBuilder("other").Has("email", "joada@acme.example").Build(), new LeadBuilder("owned").Has("ownerEmail", Ada).Build()];
        await Store.AppendAsync(HistoryBatch.Of(all.Concat(others).Select(one => new AccountHistory(null, [one]))));
        await Store.AppendAsync(Delivered(new LeadBuilder("waits").Touched("form_submit", 1, null, ("work_email", Ada)).Build()) with { Leads = [] });

        (await PeopleStores.Of(Store).ForgetAsync(null, " ADA@acme.example\u200B", Day.At(2))).Leads.ShouldBe(all.Length);

        (await ReadAllAsync()).Select(account => account.Leads[0].Lead.Id).ShouldBe(["other", "owned"], ignoreOrder: true);
        (await Store.AppendAsync(HistoryBatch.Of(all.Select(one => new AccountHistory(null, [one]))))).Leads.Forgotten.ShouldBe(all.Length);
        (await Store.AppendAsync(Delivered(new LeadBuilder("waits").Build()))).Leads.Forgotten.ShouldBe(1);
        foreach ((LeadHistory lead, int i) in all.Select((lead, i) => (lead, i)))
        {
            HistoryBatch anew = new()
            {
                Leads = [lead.Lead with { Id = $"N{i}" }],
                Attributes = [.. lead.Attributes.Select(row => row with { LeadId = $"N{i}" })],
                Touches = [.. lead.Touches.Select(row => row with { LeadId = $"N{i}", Id = $"t{i}" })],
            };
            (await Store.AppendAsync(anew)).Leads.Forgotten.ShouldBe(1, $"{i}");
        }
    }

    [ContractFact]
    public async Task Forget_AccentInOneCharacterOrTwo_IsTheSameAddress()
    {
        string[] spelt = ["ren\u00E9@acme.example", "RENE\u0301@acme.example"];
        await Store.AppendAsync(HistoryBatch.Of(spelt.Select((text, i) => new LeadBuilder($"a{i}").Has("email", text).BuildAlone())));
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("b").Has("note", $"by {spelt[0]}, {spelt[1]}").Touched("call", 1, null, ("note", $"by {spelt[0]}, {spelt[1]}")).BuildAlone()));

        (await PeopleStores.Of(Store).ForgetAsync(null, "Rene\u0301@acme.example", Day.At(2))).Leads.ShouldBe(2);

        LeadHistory left = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0];
        (left.Attributes[0].Value.Text, left.Touches[0].Properties["note"].Text).ShouldBe(("by (forgotten), (forgotten)", "by (forgotten), (forgotten)"));
        (await Store.AppendAsync(HistoryBatch.Of(spelt.Select((text, i) => new LeadBuilder($"n{i}").Has("email", text).BuildAlone())))).Leads.Forgotten.ShouldBe(2);
    }

    [ContractFact]
    public async Task Forget_LeadWithAnAddressThatManyHave_LeavesThoseUnlessItIsAskedFor()
    {
        const string Shared = "shared.box@firm.example";
        await Store.AppendAsync(HistoryBatch.Of([.. Enumerable.Range(0, 520).Select(i => new LeadBuilder($"l{i:D4}").Has("email", Shared).Has("workEmail", $"w{i}@acme.example").BuildAlone())]));

        (await PeopleStores.Of(Store).ForgetAsync("l0003", null, Day.At(2))).Leads.ShouldBe(1);
        (await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("new").Has("email", Shared).BuildAlone()))).Leads.Added.ShouldBe(1);
        (await PeopleStores.Of(Store).ForgetAsync(null, Shared, Day.At(3))).Leads.ShouldBe(520);
    }

    /// <summary>Other names of one lead are no other leads.</summary>
    [ContractFact]
    public async Task Forget_LeadWhoseOtherLeadHasManyNames_ForgetsBoth()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").Has("email", Ada).BuildAlone(), new LeadBuilder("b").Has("email", Ada).BuildAlone()));
        await Store.AppendAsync(new() { Delivered = true, Aliases = [.. Enumerable.Range(0, 20).Select(i => new LeadAlias($"b-{i}", "b"))] });

        (await PeopleStores.Of(Store).ForgetAsync("a", null, Day.At(2))).Leads.ShouldBe(2);
    }

    /// <summary>An address of a function or of nobody, and one that few had when it was forgotten and many show later.</summary>
    [ContractFact]
    public async Task Append_ManyWithAnAddressOfNobodyThatAForgottenLeadHad_KeepsThem()
    {
        await ShouldKeepAsync("info@acme.example", 3);
        await ShouldKeepAsync("none@form.example", 3);
        await ShouldKeepAsync("shared.box@firm.example", 40);
    }

    private async Task ShouldKeepAsync(string address, int many)
    {
        string gone = "gone " + address;
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder(gone).Has("email", address).BuildAlone()));
        await PeopleStores.Of(Store).ForgetAsync(gone, null, Day.At(2));

        AppendResult later = await Store.AppendAsync(HistoryBatch.Of([.. Enumerable.Range(0, many).Select(i => new LeadBuilder($"later-{i} {address}").Has("email", address).Touched("form_submit", 1, null, ("email", address)).BuildAlone())]));

        (later.Leads.Added, later.Leads.Forgotten).ShouldBe((many, 0));
        (await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder(gone).Has("email", address).BuildAlone()))).Leads.Forgotten.ShouldBe(1);
    }

    [ContractFact]
    public async Task Forget_AddressOfAFunctionThatIsAskedFor_ForgetsAndKeepsOutAllWhoHaveIt()
    {
        const string Role = "info@acme.example";
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").Has("email", Role).BuildAlone(), new LeadBuilder("b").Has("email", Ada).BuildAlone()));

        (await PeopleStores.Of(Store).ForgetAsync(null, Role, Day.At(2))).Leads.ShouldBe(1);
        (await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("later").Has("email", Role).BuildAlone()))).Leads.Forgotten.ShouldBe(1);
    }

    /// <summary>Rows are known again by their identifiers, whatever was forgotten in between.</summary>
    [ContractFact]
    public async Task Append_AgainAfterAnAddressInIdentifiersWasForgotten_AddsNothing()
    {
        var company = new Account { Id = Ada, Name = Ada, CreatedAt = Day.Zero, RecordedAt = Day.Zero };
        HistoryBatch batch = HistoryBatch.Of(new AccountHistory(company, [new LeadBuilder("LA", account: Ada).Has("email", Ada).Build(), new LeadBuilder("LB", account: Ada).Has("city", "Bonn").Closes(true, 2, 5m).Build()]));
        batch = batch with { Outcomes = [.. batch.Outcomes.Select(row => row with { Id = $"{Ada}/o1" })] };
        await Store.AppendAsync(batch);
        await PeopleStores.Of(Store).ForgetAsync("LA", null, Day.At(5));

        AppendResult again = await Store.AppendAsync(batch);

        (again.Total.Added, again.Leads.Forgotten).ShouldBe((0, 1));
        await PeopleStores.Of(Store).ForgetAsync(null, Ada, Day.At(6));
        (await ReadAllAsync()).ShouldHaveSingleItem().Leads.ShouldHaveSingleItem().Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(5m);
    }

    [ContractFact]
    public async Task Forget_Lead_ForgetsTheOthersOfItsOwnAddressAndNotThoseOfTheirs()
    {
        await Store.AppendAsync(HistoryBatch.Of(
            new LeadBuilder("a").Has("email", Ada).BuildAlone(),
            new LeadBuilder("b").Has("workEmail", "Ada@Acme.example").Has("email", "b@acme.example").BuildAlone(),
            new LeadBuilder("c").Has("email", "b@acme.example").BuildAlone()));

        (await PeopleStores.Of(Store).ForgetAsync("a", null, Day.At(2))).Leads.ShouldBe(2);

        (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0].Lead.Id.ShouldBe("c");
        (await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("c").Has("phone", "1").BuildAlone()))).Total.Forgotten.ShouldBe(0);
    }
}
