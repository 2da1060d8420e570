using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>What comes of a person after it was forgotten.</summary>
public abstract partial class HistoryStoreContract
{
    [ContractFact]
    public async Task Append_LeadThatShowsAForgottenAddress_LeavesNothingOfItInTheFile()
    {
        // Leads in no order, so that their rows lie among others'.
        int[] order = [.. Enumerable.Range(0, 600)];
        new Random(5).Shuffle(order);
        LeadHistory[] leads = [.. order.Select(i => Lead(i % 3 == 0 ? $"secret-{i}" : $"other-{i}"))];
        foreach (LeadHistory[] some in leads.Chunk(100))
        {
            await Store.AppendAsync(HistoryBatch.Of(some.Select(lead => new AccountHistory(null, [lead]))));
        }

        await PeopleStores.Of(Store).ForgetAsync(null, Ada, Day.At(2));
        (await EverythingAsync()).ShouldContain("secret-0");

        await Store.AppendAsync(new() { Attributes = [.. leads.Where(lead => lead.Lead.Id[0] == 's').SelectMany(lead => new LeadBuilder(lead.Lead.Id).Has("email", Ada, 3).Build().Attributes)] });

        (await Store.SummarizeAsync()).Leads.ShouldBe(400);
        (await EverythingAsync()).Contains("secret", StringComparison.OrdinalIgnoreCase).ShouldBeFalse();

        static LeadHistory Lead(string id) => new LeadBuilder(id).Has("phone", $"{id}-phone").Has("firstName", new string('x', 300) + id)
            .Touched("call", 1, null, ("note", $"{id} said " + new string('y', id.Length * 700))).Touched("meeting", 2, null, ("note", id)).Enters(Funnel.Stages.Stage.Lost, 2, reason: $"{id} left").Build();
    }

    [ContractFact]
    public async Task ScoreLog_AnswerThatShowsAForgottenAddress_IsKeptWithoutIt()
    {
        await PeopleStores.Of(Store).ForgetAsync(null, Planted, Day.At(2));
        IScoreLog log = new StoredScoreLog(StoreDatabases.Of(Store));
        string[] answers = [$$"""{"items":["email is \u0022{{System.Text.Json.JsonEncodedText.Encode(Planted)}}\u0022","to {{Planted}}"]}""", """{"items":["email is \u0022joann@acme.co\u0022"]}""", ""];

        await log.AppendAsync([.. answers.Select((answer, i) => new LoggedScore
        {
            At = Day.At(3),
            LeadId = $"new-{i}",
            AsOf = Day.At(3),
            Model = "m",
            Version = 1,
            Hash = "h",
            Role = "champion",
            Origin = "served",
            Fingerprint = "f",
            Stage = "Lead",
            Score = 1,
            Grade = "A",
            NextStage = "Lead",
            NextAction = "call",
            AnswerUtf8 = System.Text.Encoding.UTF8.GetBytes(answer),
        })]);

        string everything = await EverythingAsync();
        everything.Contains("Hopper", StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
        everything.Split("(forgotten)").Length.ShouldBe(3);
        everything.ShouldContain("joann@acme.co");
    }

    /// <summary>A company that is called by the address of one of its people, and rows that are: they stay what they are, under another name.</summary>
    [ContractFact]
    public async Task Forget_AddressInKeysOfOthers_IsTakenOutAndTellsThemApartAsBefore()
    {
        string capital = Ada.ToUpperInvariant();
        HistoryBatch batch = HistoryBatch.Of(
            Of(Ada, new LeadBuilder("LA", account: Ada).Has("email", Ada).Build(), new LeadBuilder("LB", account: Ada).Has($"met {Ada}", 1).Closes(true, 2, 5m).Build(), new LeadBuilder("LC", account: Ada).Build()),
            Of(capital, new LeadBuilder("LD", account: capital).Build()),
            Of("acme", new LeadBuilder("LE", account: "acme").Touched("call", 1).Enters(Funnel.Stages.Stage.Lost, 2).Build()));
        batch = batch with
        {
            Outcomes = [.. batch.Outcomes.Select(row => row with { Id = $"{Ada}/o1" })],
            Touches = [.. batch.Touches.Select(row => row with { Id = $"{Ada}/t1" })],
            Transitions = [.. batch.Transitions.Select(row => row with { Id = $"{Ada}/s1" })],
        };
        HistoryBatch waits = Delivered(new LeadBuilder("LW").Closes(true, 2, 7m).Build());
        waits = waits with { Outcomes = [waits.Outcomes[0] with { Id = $"{Ada}/o2" }] };
        await Store.AppendAsync(batch);
        await Store.AppendAsync(waits with { Leads = [] });
        await MergeAsync(MergeStores.Of(Store), new(MergeKind.Account, Ada, "acme", "one company"), Day.At(4));

        await PeopleStores.Of(Store).ForgetAsync(null, Ada, Day.At(5));

        (await EverythingAsync()).Contains(Ada, StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
        await ShouldBeTwoAsync("LB", "LC", "LE");
        AppendResult again = await Store.AppendAsync(batch);
        (again.Total.Added, again.Leads.Forgotten, again.OtherEnds).ShouldBe((0, 1, 0));
        await Store.AppendAsync(new() { Leads = [new LeadBuilder("LF", account: Ada).Build().Lead] });
        await ShouldBeTwoAsync("LB", "LC", "LE", "LF");
        await Store.AppendAsync(waits);
        (await Store.FindAccountOfLeadAsync("LW"))!.Leads[0].Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(7m);
        (await EverythingAsync()).Contains(Ada, StringComparison.OrdinalIgnoreCase).ShouldBeFalse();

        async Task ShouldBeTwoAsync(params string[] together) =>
            (await ReadAllAsync()).Select(account => string.Join(' ', account.Leads.Select(lead => lead.Lead.Id))).Where(ids => ids != "LW").ShouldBe([string.Join(' ', together), "LD"], ignoreOrder: true);

        static AccountHistory Of(string id, params LeadHistory[] leads) => new(new Account { Id = id, Name = id, CreatedAt = Day.Zero, RecordedAt = Day.Zero }, leads);
    }
}
