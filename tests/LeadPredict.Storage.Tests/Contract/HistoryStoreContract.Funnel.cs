using System.Text.Json;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Measures;
using LeadPredict.Storage.Merges;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class HistoryStoreContract
{
    private static readonly HandOffTimeline Promises = new(
    [
        new() { Version = 0, Name = "first", FirstCallHours = 30, SqlsPerMonth = 20 },
        new() { Version = 1, Name = "none", From = Day.At(90) },
        new() { Version = 2, Name = "third", From = Day.At(150), FirstCallHours = 0.3 },
    ]);

    /// <summary>Histories with moves in any order, late records, merged leads and rows from after the end: the database counts what going through them counts, to the last bit.</summary>
    [ContractFact]
    public async Task Funnel_ByTheDatabase_IsWhatGoingThroughTheHistoryFinds()
    {
        AccountHistory[] accounts = [.. RandomHistories.Accounts(150, seed: 11)];
        await Store.AppendAsync(new()
        {
            Accounts = [.. accounts.Select(account => account.Account!)],
            Leads = [.. accounts.SelectMany(account => account.Leads).Select((lead, i) => lead.Lead with { Source = (i % 5) switch { 0 => null, 1 => " web ", 2 => "web", 3 => "it's a fair", _ => lead.Lead.Source } })],
            Touches = [.. accounts.SelectMany(account => account.Leads).SelectMany(lead => lead.Touches.Select((touch, i) => i % 3 == 0 ? touch with { Type = i % 2 == 0 ? "call" : "meeting" } : touch))],
            Attributes = [.. accounts.SelectMany(account => account.Leads).SelectMany((lead, i) => lead.Attributes.Concat(Described(lead, i)))],
            Transitions = [.. accounts.SelectMany(account => account.Leads).SelectMany(lead => lead.Transitions.Select((move, i) => move with { Reason = i % 3 == 0 ? " budget" : i % 3 == 1 ? null : "no_need" }))],
            Outcomes = [.. accounts.SelectMany(account => account.Leads).SelectMany(Deals)],
        });
        await FunnelShouldBeTheSameAsync();

        IMergeStore merges = MergeStores.Of(Store);
        foreach (AccountHistory account in accounts.Where(account => account.Leads.Count > 1).Take(20))
        {
            await MergeAsync(merges, new(MergeKind.Lead, account.Leads[0].Lead.Id, account.Leads[1].Lead.Id, "same person"), Day.At(500));
        }

        await FunnelShouldBeTheSameAsync();
    }

    /// <summary>An end that a plan told gives way to the one that happened, and only where the lead has it.</summary>
    [ContractFact]
    public async Task Funnel_OfDealsWhoseEndWasPlanned_IsWhatGoingThroughTheHistoryFinds()
    {
        foreach (int i in Enumerable.Range(0, 6))
        {
            LeadHistory lead = new LeadBuilder($"l{i}").Enters(Stage.MarketingQualified, 1).Enters(Stage.SalesQualified, 2).Enters(Stage.Opportunity, 14).Build();
            await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [lead])));
            (StageTransition Move, Outcome Deal) End(string id, double day) => (
                new() { Id = id, LeadId = lead.Lead.Id, To = Stage.Won, OccurredAt = Day.At(day), RecordedAt = Day.At(day) },
                new() { Id = id, LeadId = lead.Lead.Id, Won = true, Amount = 10, OccurredAt = Day.At(day), RecordedAt = Day.At(day) });
            foreach ((StageTransition move, Outcome deal) in i switch
            {
                0 => [End("d0" + PlannedEnds.Suffix, 10)],
                1 => [End("d1" + PlannedEnds.Suffix, 10), End("d1", 20)],
                2 => [End("d2", 20), End("d2" + PlannedEnds.Suffix, 30)],
                3 => [End("d3", 200), End("d3" + PlannedEnds.Suffix, 100)],
                4 => [End(PlannedEnds.Suffix, 9), End("d4", 20)],
                _ => new (StageTransition, Outcome)[] { End("d5" + PlannedEnds.Suffix.ToUpperInvariant(), 10), End("d5", 20) },
            })
            {
                await Store.AppendAsync(new() { Transitions = [move], Outcomes = [deal] });
            }
        }

        await FunnelShouldBeTheSameAsync();
    }

    /// <summary>Entries that were told to the minute as well, before the others or after them, of leads that went on within the minute or came back.</summary>
    [ContractFact]
    public async Task Funnel_OfStagesToldTwice_IsWhatGoingThroughTheHistoryFinds()
    {
        Random random = new(4);
        Stage[] stages = [Stage.MarketingQualified, Stage.SalesAccepted, Stage.SalesQualified, Stage.Lead];
        for (int i = 0; i < 60; i++)
        {
            LeadHistory lead = new LeadBuilder($"l{i}", created: i % 2).Build();
            List<StageTransition> moves = [];
            for (int move = 0, seconds = 0; move < 6; move++)
            {
                seconds += random.Next(4) == 0 ? 3600 : random.Next(1, 25);
                DateTimeOffset at = Day.At(1).AddSeconds(seconds);
                StageTransition whole = new() { Id = $"{i}-{move}", LeadId = lead.Lead.Id, To = stages[random.Next(4)], OccurredAt = at, RecordedAt = at };
                StageTransition cut = whole with { Id = whole.Id + "-cut", OccurredAt = at.AddSeconds(-at.Second), RecordedAt = at.AddSeconds(random.Next(-70, 70)) };
                moves.AddRange(random.Next(3) switch { 0 => [whole], 1 => [cut, whole], _ => [whole, cut] });
            }

            await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [lead])) with { Transitions = moves });
        }

        await FunnelShouldBeTheSameAsync();
        AccountHistory[] read = await Store.ReadAccountsAsync().ToArrayAsync();
        read.Count(account => account.Leads[0].Transitions.Count < account.Leads[0].RecordedTransitions).ShouldBeInRange(10, 50);
    }

    [ContractFact]
    public async Task Funnel_OfAnEmptyStore_IsEmpty() => await FunnelShouldBeTheSameAsync();

    /// <summary>Exports that keep dates alone give duplicates the same instants: which of them counts never depends on the store.</summary>
    [ContractFact]
    public async Task Funnel_OfMergedLeadsOfTheSameInstants_IsWhatGoingThroughTheHistoryFinds()
    {
        string[] ids = ["z", "b", "a", "d"];
        double[] sizes = [90, 7, 1000, 200];
        foreach (int person in Enumerable.Range(0, 12))
        {
            string Id(int i) => $"{person}-{ids[(i + person) % 4]}";
            LeadHistory[] leads = [.. Enumerable.Range(0, 4).Select(i => (i == 0 ? new LeadBuilder(Id(i)) : new LeadBuilder(Id(i)).From($"source {i}")).Enters(Stage.MarketingQualified, 10).Has("employees", sizes[i], 1).Has(i % 2 == 0 ? "Industry" : "industry", $"industry {(i * 3) % 4}", 1).Build())];
            await Store.AppendAsync(HistoryBatch.Of([.. leads.Select(lead => new AccountHistory(null, [lead]))]));
            foreach (int i in new[] { 2, 3, 1 })
            {
                await MergeAsync(MergeStores.Of(Store), new(MergeKind.Lead, Id(0), Id(i), ""), Day.At(20));
            }
        }

        await FunnelShouldBeTheSameAsync();
    }

    private static IEnumerable<AttributeChange> Described(LeadHistory lead, int i)
    {
        AttributeChange Of(string name, AttributeValue value, double day) =>
            new() { LeadId = lead.Lead.Id, Name = name, Value = value, OccurredAt = lead.Lead.CreatedAt.AddDays(day), RecordedAt = lead.Lead.CreatedAt.AddDays(day + (i % 2)) };
        yield return Of("Industry", AttributeValue.Of(i % 3 == 0 ? "  software " : "retail"), 3);
        yield return Of("employees", AttributeValue.Of(Math.Pow(3, i % 9) - 0.5), 40);
        yield return Of("employees", AttributeValue.Of(250), 90);
        yield return Of("country", i % 4 == 0 ? AttributeValue.Missing : i % 4 == 1 ? AttributeValue.Of(true) : AttributeValue.Of("DE"), 0);
    }

    private static IEnumerable<Outcome> Deals(LeadHistory lead) => lead.Transitions.Where(move => move.To is Stage.Won or Stage.Lost or Stage.Recycled).Select((move, i) => new Outcome
    {
        Id = $"{move.Id}-deal",
        LeadId = lead.Lead.Id,
        Won = move.To != Stage.Lost,
        Amount = i % 3 == 2 ? null : 0.1m * (1 + lead.Touches.Count) * 1_000_000_000.07m,
        Currency = i % 2 == 0 ? "EUR" : null,
        OccurredAt = move.OccurredAt,
        RecordedAt = move.RecordedAt,
    });

    private async Task FunnelShouldBeTheSameAsync()
    {
        foreach (FunnelDefinition funnel in new[]
        {
            FunnelDefinition.Default,
            FunnelDefinition.Create([Stage.MarketingQualified, Stage.Won], null, TimeSpan.FromDays(60), Day.At(60)),
        })
        {
            foreach (double until in new[] { 401.0, 180.25 })
            {
                var question = new FunnelQuestion(funnel, Promises, Day.At(until));
                FunnelReport slow = await FunnelMeasurement.OfAsync(Store.ReadAccountsAsync(), question);
                FunnelReport fast = await FunnelFigures.OfAsync(Store, question);
                JsonSerializer.Serialize(fast).ShouldBe(JsonSerializer.Serialize(slow));
            }
        }
    }
}
