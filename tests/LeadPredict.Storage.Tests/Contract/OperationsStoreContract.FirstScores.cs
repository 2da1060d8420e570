using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class OperationsStoreContract
{
    /// <summary>Read before the change, kept after it: no mark could tell of it.</summary>
    [ContractFact]
    public async Task FirstScore_OfAHistoryThatGrewMeanwhile_IsNotKept()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        LeadHistory lead = new LeadBuilder("a").Touched("call", 1).Has("title", "VP", 2).Enters(Stage.MarketingQualified, 3).Enters(Stage.Won, 5).Closes(true, 5, 12.50m).Build();
        Outcome deal = lead.Outcomes[0];
        await history.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [lead]), new LeadBuilder("b").Touched("form", 1).BuildAlone()));

        // What gives way in reading counts as well.
        await history.AppendAsync(new() { Outcomes = [deal with { Id = deal.Id + PlannedEnds.Suffix, OccurredAt = Day.At(9) }, deal with { Amount = 13m, RecordedAt = Day.At(6) }] });
        LeadHistory read = await ReadAsync();
        (read.Outcomes.Count, read.RecordedRows).ShouldBe((1, 7));

        await history.AppendAsync(new() { Touches = new LeadBuilder("a").Touched("call", 1).Touched("call", 2).Build().Touches });
        (await KeepAsync(read)).ShouldBe(Keeping.Overtaken);
        read = await ReadAsync();
        await MergeStores.Of(history).MergeAsync([new(MergeKind.Lead, "a", "b", "")], Now);
        (await KeepAsync(read)).ShouldBe(Keeping.Overtaken, "it is read with the other's rows");
        (await Store.LastScores.FindAsync("a")).ShouldBeNull();
        (await KeepAsync(await ReadAsync())).ShouldBe(Keeping.Kept);

        async Task<LeadHistory> ReadAsync() => (await history.FindAccountOfLeadAsync("a"))!.Find("a")!;

        Task<Keeping> KeepAsync(LeadHistory known) => Store.LastScores.KeepAsync(Score("a", Now), null, [], known: known);
    }

    /// <summary>What a lead lacked and a later message told is no row of its own.</summary>
    [ContractFact]
    public async Task FirstScore_OfALeadThatWasFilledInMeanwhile_IsNotKept()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        string[] leads = ["source", "account", "creation", "same"];
        await history.AppendAsync(new() { Leads = [.. leads.Append("merged").Select(id => new LeadBuilder(id, 5).Build().Lead)], Accounts = [new() { Id = "acme", CreatedAt = Day.At(1), RecordedAt = Day.At(1) }] });
        await MergeStores.Of(history).MergeAsync([new(MergeKind.Lead, "same", "merged", "")], Now);
        var read = new List<LeadHistory>();
        foreach (string lead in leads)
        {
            read.Add((await history.FindAccountOfLeadAsync(lead))!.Find(lead)!);
        }

        await history.AppendAsync(new()
        {
            FillsLeads = true,
            Leads = [new LeadBuilder("source", 5).From("web").Build().Lead, new LeadBuilder("account", 5, account: "acme").Build().Lead, new LeadBuilder("creation", 4).Build().Lead, new LeadBuilder("same", 5).Build().Lead],
        });

        var kept = new List<Keeping>();
        foreach (LeadHistory known in read)
        {
            kept.Add(await Store.LastScores.KeepAsync(Score(known.Lead.Id, Now), null, [], known: known));
        }

        kept.ShouldBe([Keeping.Overtaken, Keeping.Overtaken, Keeping.Overtaken, Keeping.Kept]);
    }

    /// <summary>Read before the objection, kept after it.</summary>
    [ContractFact]
    public async Task FirstScore_OfWhoObjectedMeanwhile_IsNotKept()
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(_address, create: true);
        LeadHistory objecting = new LeadBuilder("a").Has("ProfilingObjection", "yes", 5).Build(), lifting = new LeadBuilder("b").Has("profilingObjection", true, 5).Has("profilingObjection", false, 6).Build();
        await history.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [objecting]), new AccountHistory(null, [lifting]), new LeadBuilder("c").BuildAlone()));
        await MergeStores.Of(history).MergeAsync([new(MergeKind.Lead, "c", "a", "")], Now);

        (await KeepAsync("c", 70)).ShouldBe(Keeping.Overtaken);
        (await KeepAsync("b", 70)).ShouldBe(Keeping.Kept);
        (await KeepAsync("c", null)).ShouldBe(Keeping.Kept, "it abstained");
        (await Store.Outbox.CountAsync()).Waiting.ShouldBe(1);

        // Two that are one person now told different things of one instant: what the scorer takes for the last counts here too.
        await history.AppendAsync(HistoryBatch.Of(new LeadBuilder("d").Has("profilingObjection", false, 5).BuildAlone(), new LeadBuilder("e").Has("profilingObjection", "opted out", 5).BuildAlone()));
        await MergeStores.Of(history).MergeAsync([new(MergeKind.Lead, "d", "e", "")], Now);
        ProfilingObjection.IsRaised((await history.FindAccountOfLeadAsync("d"))!.Find("d")!).ShouldBeFalse();
        (await KeepAsync("d", 70)).ShouldBe(Keeping.Kept);

        Task<Keeping> KeepAsync(string lead, int? given) => Store.LastScores.KeepAsync(Score(lead, Now) with { Score = given }, null, given is null ? [] : [Event("e" + lead, lead)]);
    }
}
