using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.People;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>Other names that are told of a forgotten lead and of one that stays.</summary>
public abstract partial class PeopleStoreContract
{
    /// <summary>Two leads that were converted to one opportunity, imported again.</summary>
    [ContractFact]
    public async Task Append_AliasOfAForgottenLeadThatIsToldOfAnotherToo_IsRefusedAndTheOtherStays()
    {
        HistoryBatch leads = HistoryBatch.Of(new LeadBuilder("ada").Has("email", Ada).BuildAlone(), new LeadBuilder("bob").Has("email", "bob@acme.example").Enters(Stage.Lost, 2).BuildAlone());
        HistoryBatch names = new() { TellStates = true, Aliases = [new("deal", "ada"), new("deal", "bob")] };
        await Store.AppendAsync(leads);
        await Store.AppendAsync(names);
        await PeopleStores.Of(Store).ForgetAsync("ada", null, Day.At(3));

        await Store.AppendAsync(leads);
        (await Store.AppendAsync(names)).States!.Aliases.ShouldBe([RowState.Forgotten, RowState.Known]);

        LeadHistory bob = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0];
        (bob.Lead.Id, bob.Transitions.Count).ShouldBe(("bob", 1));
        AppendResult later = await Store.AppendAsync(new() { Touches = [.. new[] { "bob", "deal" }.SelectMany(id => new LeadBuilder(id).Touched("call", 4).Build().Touches)] });
        later.Touches.ShouldBe(new AppendCount(1, 0, 0, 1));
    }

    /// <summary>Visitors of one machine: one who is known, one who is known under another name, and one who comes with the name.</summary>
    [ContractFact]
    public async Task Append_VisitorOfAForgottenLeadThatOthersAreToo_LeavesThem()
    {
        await Store.AppendAsync(Call("one", ["one", "two", "three"], new LeadAlias("kiosk", "one")));
        await Store.AppendAsync(Call("three", [], new LeadAlias("third", "three")));
        await PeopleStores.Of(Store).ForgetAsync("one", null, Day.At(2));

        AppendResult[] later =
        [
            await Store.AppendAsync(Call("two", [], new LeadAlias("kiosk", "two"))),
            await Store.AppendAsync(Call("third", [], new LeadAlias("kiosk", "third"))),
            await Store.AppendAsync(Call("four", ["four"], new LeadAlias("kiosk", "four"))),
            await Store.AppendAsync(Call("five", ["five"], new LeadAlias("five", "kiosk"))),
        ];

        later.ShouldAllBe(result => result.Total.Forgotten == 0 && result.Touches.Added == 1 && result.States!.Aliases[0] == RowState.Known);
        (await ReadAllAsync()).Select(account => account.Leads[0].Lead.Id).ShouldBe(["five", "four", "three", "two"], ignoreOrder: true);
        (await Store.AppendAsync(Call("kiosk", []))).Touches.Forgotten.ShouldBe(1);
    }

    [ContractFact]
    public async Task Append_NameThatShowsAForgottenAddressToldOfALead_ForgetsTheLead()
    {
        await PeopleStores.Of(Store).ForgetAsync(null, Ada, Day.At(1));
        await Store.AppendAsync(new() { Leads = [.. new[] { "by-name", "by-form", "other" }.Select(id => new LeadBuilder(id).Build().Lead)] });

        await Store.AppendAsync(Call("by-name", [], new LeadAlias(Ada, "by-name")));
        HistoryBatch form = Call("by-form", [], new LeadAlias("visitor", "by-form"), new LeadAlias("visitor", "other"));
        await Store.AppendAsync(form with { Touches = [.. form.Touches, .. new LeadBuilder("visitor").Touched("form", 3, null, ("email", Ada)).Build().Touches] });

        (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0].Lead.Id.ShouldBe("other");
    }

    private static HistoryBatch Call(string who, string[] comes, params LeadAlias[] aliases) => new()
    {
        Delivered = true,
        TellStates = true,
        Leads = [.. comes.Select(id => new LeadBuilder(id).Build().Lead)],
        Touches = new LeadBuilder(who).Touched("page_view", 3).Build().Touches,
        Aliases = aliases,
    };
}
