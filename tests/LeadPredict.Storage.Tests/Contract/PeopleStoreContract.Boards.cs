using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Boards;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.People;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class PeopleStoreContract
{
    private const int Called = 450;

    private static readonly KeptBoard FirstBoard = new("list", Day.At(3), """{"leads":1,"name":"first"}""");

    private IBoardStore Board => BoardStores.Of(Store);

    [ContractFact]
    public async Task Board_BeforeTheFirst_IsNone()
    {
        (await Board.FindAsync("list")).ShouldBeNull();
        CallTotals none = await Board.TotalAsync(new(), 5, Day.Zero, Day.Zero);
        (none.Leads, none.Overdue, none.First, none.Wins).ShouldBe((0, 0, 0, 0.0));
        (await Board.ListAsync(new(), CallOrder.Worth, 0, 10)).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Board_ReplacedTwice_IsTheLast()
    {
        KeptCall[] calls = [.. Enumerable.Range(0, Called).Select(Call)];
        await Board.ReplaceAsync(FirstBoard, calls);
        await Board.ReplaceAsync(FirstBoard with { MadeAt = Day.At(4), Content = "{}" }, calls[..3]);

        (await Board.FindAsync("list")).ShouldBe(FirstBoard with { MadeAt = Day.At(4), Content = "{}" });
        (await Board.ListAsync(new(), CallOrder.Waiting, 0, 10)).Count.ShouldBe(3);
    }

    [ContractFact]
    public async Task Board_MadeBeforeALeadWasForgotten_IsKeptWithoutIt()
    {
        KeptCall[] calls = [.. Enumerable.Range(0, 3).Select(Call)];
        await PeopleStores.Of(Store).ForgetAsync(calls[1].LeadId, null, Day.At(1));

        await Board.ReplaceAsync(FirstBoard, calls);
        await Board.MendAsync(calls[1].LeadId, calls[1]);

        (await Board.ListAsync(new(), CallOrder.Waiting, 0, 10)).ShouldBe([calls[0].Content, calls[2].Content], ignoreOrder: true);
        (await Board.FindCallAsync(calls[1].LeadId)).ShouldBeNull();
    }

    [ContractFact]
    public async Task Board_KeptBesideAnother_LeavesThatAndTheListAsTheyAre()
    {
        await Board.ReplaceAsync(FirstBoard, [Call(1), Call(2)]);
        await Board.KeepAsync(new("other", Day.At(4), "a"));
        await Board.KeepAsync(new("other", Day.At(5), "b"));

        (await Board.FindAsync("other")).ShouldBe(new KeptBoard("other", Day.At(5), "b"));
        (await Board.FindAsync("list")).ShouldBe(FirstBoard);
        (await Board.TotalAsync(new(), 5, Day.Zero, Day.Zero)).Leads.ShouldBe(2);
    }

    [ContractFact]
    public async Task CallList_InEachOrderAndByEachFilter_IsWhatALoopFinds()
    {
        KeptCall[] calls = [.. Enumerable.Range(0, Called).Select(Call)];
        await Board.ReplaceAsync(FirstBoard, calls);
        foreach (CallOrder order in Enum.GetValues<CallOrder>())
        {
            (await Board.ListAsync(new(), order, 20, 30)).ShouldBe(InOrder(calls, order).Skip(20).Take(30).Select(call => call.Content), order.ToString());
        }

        foreach ((CallFilter filter, Func<KeptCall, bool> passes) in new (CallFilter, Func<KeptCall, bool>)[]
        {
            (new(Stage: "SalesAccepted"), call => call.Stage == "SalesAccepted"),
            (new(Source: "it's"), call => call.Source == "it's"),
            (new(Owner: "marketing", Grade: "B"), call => call is { Owner: "marketing", Grade: "B" }),
            (new(Agreement: "RulesHigher"), call => call.Agreement == "RulesHigher"),
            (new(Find: "CÔMPANY 44"), call => call.Sought.Contains("Cômpany 44", StringComparison.Ordinal)),
            (new(Find: "100%_!"), call => call.Sought.Contains("100%_!", StringComparison.Ordinal)),
            (new(Find: "%"), call => call.Sought.Contains('%', StringComparison.Ordinal)),
        })
        {
            KeptCall[] expected = [.. InOrder(calls.Where(passes), CallOrder.Worth)];
            expected.ShouldNotBeEmpty(filter.ToString());
            (await Board.ListAsync(filter, CallOrder.Worth, 0, int.MaxValue)).ShouldBe(expected.Select(call => call.Content), filter.ToString());
            CallTotals totals = await Board.TotalAsync(filter, 7, Day.At(20), Day.At(200));
            (totals.Leads, totals.Overdue, totals.First).ShouldBe((expected.Length, expected.Count(call => call.CallDue < Day.At(call.StageSince < Day.At(20) ? 20 : 200)), Math.Min(7, expected.Length)), filter.ToString());
            KeptCall[] promised = [.. expected.Take(7).Where(call => call.IsPromise)];
            totals.Wins.ShouldBe(promised.Sum(call => call.Probability), 1e-9);
            (totals.Worth ?? -1).ShouldBe(promised.All(call => call.Worth is not null) ? promised.Sum(call => call.Worth!.Value) : -1, 1e-6);
        }
    }

    [ContractFact]
    public async Task CallList_RowMended_StandsWhereItBelongs()
    {
        KeptCall[] calls = [.. Enumerable.Range(0, 5).Select(Call)];
        await Board.ReplaceAsync(FirstBoard, calls);

        await Board.MendAsync(calls[4].LeadId, calls[4] with { Worth = 1e9, Content = "mended" });
        await Board.MendAsync(calls[1].LeadId, null);
        await Board.MendAsync("new", Call(9) with { LeadId = "new", Worth = 2e9, Content = "new" });

        (await Board.ListAsync(new(), CallOrder.Worth, 0, 2)).ShouldBe(["new", "mended"]);
        (await Board.TotalAsync(new(), 1, Day.Zero, Day.Zero)).Leads.ShouldBe(5);
        (await Board.StagesAsync()).Select(row => $"{row.Key} {row.Value}").ShouldBe(
            ["lead-0 SalesAccepted", "lead-2 MarketingQualified", "lead-3 SalesAccepted", "lead-4 MarketingQualified", "new SalesAccepted"], ignoreOrder: true);
    }

    /// <summary>By whatever way it comes: no service needs to be there.</summary>
    [ContractFact]
    public async Task CallList_LeadThatObjects_IsDroppedWithTheObjection()
    {
        KeptCall[] calls = [.. Enumerable.Range(0, 4).Select(Call)];
        LeadHistory[] leads = [.. calls.Append(Call(4)).Select(call => new LeadBuilder(call.LeadId).Build())];
        await Store.AppendAsync(HistoryBatch.Of([.. leads.Select(lead => new AccountHistory(null, [lead]))]));
        await MergeStores.Of(Store).MergeAsync([new(MergeKind.Lead, "lead-3", "lead-4", "")], Day.At(1));
        await Store.AppendAsync(new() { Delivered = true, Attributes = Objects("another-name", "yes") });
        await Board.ReplaceAsync(FirstBoard, calls);

        AppendResult result = await Store.AppendAsync(new() { Attributes = [.. Objects("lead-0", "no"), .. Objects("lead-1", "yes"), .. Objects("lead-4", "yes")] });
        AppendResult released = await Store.AppendAsync(new() { Delivered = true, Aliases = [new("another-name", "lead-2")] });

        result.ObjectingLeads.ShouldBe(["lead-1", "lead-4"], ignoreOrder: true);
        released.ObjectingLeads.ShouldBe(["lead-2"]);
        (await Board.ListAsync(new(), CallOrder.Waiting, 0, 10)).ShouldBe([calls[0].Content]);
        (await Board.FindCallAsync("lead-3")).ShouldBeNull("lead-4 is read as it");
        (await Store.AppendAsync(new() { Attributes = Objects("lead-1", "yes") })).ObjectingLeads.ShouldBeEmpty("it is known");

        static IReadOnlyList<AttributeChange> Objects(string lead, string value) => new LeadBuilder(lead).Has(ProfilingObjection.Attribute, value, 5).Build().Attributes;
    }

    private static IEnumerable<KeptCall> InOrder(IEnumerable<KeptCall> calls, CallOrder order) => (order switch
    {
        CallOrder.Worth => calls.OrderByDescending(call => call.IsPromise).ThenByDescending(call => call.IsPromise ? call.Worth ?? call.Probability : 0).ThenByDescending(call => call.Probability),
        CallOrder.Probability => calls.OrderByDescending(call => call.Probability),
        CallOrder.Points => calls.OrderByDescending(call => call.Points ?? double.NegativeInfinity),
        CallOrder.Due => calls.OrderBy(call => call.CallDue ?? DateTimeOffset.MaxValue),
        _ => calls.OrderBy(call => call.StageSince),
    }).ThenBy(call => call.LeadId, StringComparer.Ordinal);

    private static KeptCall Call(int i) => new()
    {
        LeadId = $"lead-{i}",
        Stage = i % 3 == 0 ? "SalesAccepted" : "MarketingQualified",
        Source = i % 5 == 0 ? "it's" : "web",
        Owner = i % 2 == 0 ? "sales" : "marketing",
        Grade = "ABCD"[i % 4].ToString(),
        Agreement = i % 7 == 0 ? "RulesHigher" : "Agree",
        Sought = i % 11 == 0 ? $"100%_! {i}" : $"Cômpany {i}",
        IsPromise = i % 3 != 0 || i % 19 < 12,
        Worth = i % 13 == 0 ? null : 1000.0 * (i % 17),
        Probability = (i * 37 % 101) / 101.0,
        Points = i % 6 == 0 ? null : i % 40,
        StageSince = Day.At(i % 29),
        CallDue = i % 4 == 0 ? null : Day.At(i),
        Content = $"row {i} \"quoted\"",
    };
}
