using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Spool;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>Since when it is known of which account a lead is.</summary>
public abstract partial class HistoryStoreContract
{
    [ContractFact]
    public async Task Append_LeadWhoseAccountIsToldWithIt_KnowsItAsLongAsTheLead()
    {
        await Store.AppendAsync(new() { Leads = [Told(0, "acme"), Told(3, "acme", id: "eve"), Told(1, "acme", id: "kim") with { AccountKnownAt = Day.At(9) }] });

        (await AccountsKnownAtAsync()).ShouldBe([null, null, Day.At(9)]);
    }

    [ContractFact]
    public async Task Delivered_AccountToldLater_IsKnownFromThenOn()
    {
        await Store.AppendAsync(new() { Delivered = true, Leads = [Told(0, null)] });
        await Store.AppendAsync(new() { Delivered = true, Leads = [Told(5, "acme")] });
        await Store.AppendAsync(new() { Delivered = true, Leads = [Told(0, null, id: "eve"), Told(5, "acme", id: "eve")] });

        (await AccountsKnownAtAsync()).ShouldBe([Day.At(5), Day.At(5)]);
        (await Store.FindAccountOfLeadAsync("eve"))!.Leads.ShouldAllBe(lead => lead.Lead.AccountKnownAt == Day.At(5));
        using HistorySpool spool = await Store.SpoolAsync(Day.At(9));
        spool.Read(0, SpoolTables.None).SelectMany(account => account.Leads).ShouldAllBe(lead => lead.Lead.AccountKnownAt == Day.At(5));
    }

    [ContractFact]
    public async Task Delivered_AccountToldAgain_IsKnownSinceItWasToldFirst()
    {
        foreach (Lead told in new[] { Told(0, null), Told(5, "acme"), Told(7, "acme"), Told(3, "acme"), Told(1, "other") })
        {
            await Store.AppendAsync(new() { Delivered = true, Leads = [told] });
        }

        (await ReadAllAsync())[0].Leads[0].Lead.ShouldBe(Told(0, "acme") with { AccountKnownAt = Day.At(3) });
    }

    [ContractFact]
    public async Task Delivered_EarlierTellingWithoutAccount_LeavesItAtItsTime()
    {
        await Store.AppendAsync(new() { Delivered = true, Leads = [Told(5, "acme")] });
        await Store.AppendAsync(new() { Delivered = true, Leads = [Told(2, null)] });

        (await ReadAllAsync())[0].Leads[0].Lead.ShouldBe(Told(2, "acme") with { AccountKnownAt = Day.At(5) });
    }

    [ContractFact]
    public async Task Delivered_AccountToldAsLongAsTheLead_HasNoTimeOfItsOwn()
    {
        await Store.AppendAsync(new() { Delivered = true, Leads = [Told(5, null)] });
        await Store.AppendAsync(new() { Delivered = true, Leads = [Told(2, "acme")] });

        (await ReadAllAsync())[0].Leads[0].Lead.ShouldBe(Told(2, "acme"));
    }

    /// <summary>A lead of day 0 as it was told on a day.</summary>
    private static Lead Told(double day, string? account, string id = "bob") => new LeadBuilder(id, created: 0, recorded: day, account: account).Build().Lead;

    private async Task<DateTimeOffset?[]> AccountsKnownAtAsync() =>
        [.. (await ReadAllAsync()).SelectMany(account => account.Leads).OrderBy(lead => lead.Lead.Id, StringComparer.Ordinal).Select(lead => lead.Lead.AccountKnownAt)];
}
