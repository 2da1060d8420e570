using LeadPredict.Funnel.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

public abstract partial class HistoryStoreContract
{
    [ContractFact]
    public async Task Delivered_OtherValueOfTheSameInstants_IsKnownFromItsDelivery()
    {
        LeadHistory bob = new LeadBuilder("bob").Has("title", "VP").Build();
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [bob])));
        HistoryBatch again = Delivered(bob) with { DeliveredAt = Day.At(9), Attributes = [bob.Attributes[0], bob.Attributes[0] with { Value = AttributeValue.Of("CEO") }] };

        (await Store.AppendAsync(again)).States!.Attributes.ShouldBe([RowState.Known, RowState.Added]);
        (await Store.AppendAsync(again with { DeliveredAt = Day.At(10) })).Attributes.ShouldBe(new AppendCount(0, 2));

        IReadOnlyList<AttributeChange> read = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0].Attributes;
        read.Select(change => (change.Value.Text, change.OccurredAt, change.RecordedAt)).ShouldBe([("VP", Day.Zero, Day.Zero), ("CEO", Day.Zero, Day.At(9))]);
    }

    /// <summary>An import records values later than they came to be; whoever corrects one names its instant alone.</summary>
    [ContractFact]
    public async Task Delivered_ValueOfWhichNobodySaysWhenItWasKnown_CorrectsWhatWasRecordedLater()
    {
        LeadHistory bob = new LeadBuilder("bob").Has("title", "VP", 0, recorded: 0.1).Has("country", "US", 0, recorded: 0.1).Build();
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [bob])));
        (AttributeChange country, AttributeChange title) = (bob.Attributes.Single(change => change.Name == "country"), bob.Attributes.Single(change => change.Name == "title"));
        AttributeChange Supposed(AttributeChange row, string value) => row with { Value = AttributeValue.Of(value), RecordedAt = row.OccurredAt, IsRecordedSupposed = true };
        HistoryBatch again = Delivered(bob) with { DeliveredAt = Day.At(9), Attributes = [Supposed(title, "CEO"), Supposed(country, "US")] };

        (await Store.AppendAsync(again)).States!.Attributes.ShouldBe([RowState.Added, RowState.Known]);
        (await Store.AppendAsync(again)).Attributes.ShouldBe(new AppendCount(0, 2));
        AttributeChange earlier = title with { Value = AttributeValue.Of("Clerk"), RecordedAt = Day.Zero };
        (await Store.AppendAsync(again with { Attributes = [earlier] })).Attributes.Added.ShouldBe(1);

        IReadOnlyList<AttributeChange> read = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0].Attributes;
        read.Where(change => change.Name == "title").Select(change => (change.Value.Text, change.RecordedAt)).ShouldBe([("Clerk", Day.Zero), ("VP", Day.At(0.1)), ("CEO", Day.At(9))]);
    }

    [ContractFact]
    public async Task Delivered_OtherValuesByManyAtOnce_AreAllKept()
    {
        LeadHistory[] leads = [.. Enumerable.Range(0, 10).Select(i => new LeadBuilder($"l{i}").Has("title", "VP").Build())];
        await Store.AppendAsync(HistoryBatch.Of([.. leads.Select(lead => new AccountHistory(null, [lead]))]));

        AppendResult[] results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => Store.AppendAsync(Delivered(leads[i % 10]) with
        {
            DeliveredAt = Day.At(9),
            Attributes = [leads[i % 10].Attributes[0] with { Value = AttributeValue.Of($"title {i}"), IsRecordedSupposed = i % 2 == 0 }],
        }))));

        results.Sum(result => result.Attributes.Added).ShouldBe(60);
        (await ReadAllAsync()).ShouldAllBe(account => account.Leads[0].Attributes.Select(change => change.Value.Text).Distinct().Count() == 7);
    }

    [ContractFact]
    public async Task Delivered_OtherValueAfterItsLike_IsTheLater()
    {
        LeadHistory bob = new LeadBuilder("bob").Has("title", "VP", 0, recorded: 0.1).Build();
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [new LeadBuilder("bob").Build()])));
        AttributeChange Supposed(string name, string value) => bob.Attributes[0] with { Name = name, Value = AttributeValue.Of(value), RecordedAt = Day.Zero, IsRecordedSupposed = true };

        await Store.AppendAsync(Delivered(bob) with { DeliveredAt = Day.At(8), Attributes = [bob.Attributes[0], Supposed("title", "CEO")] });
        await Store.AppendAsync(Delivered(bob) with { DeliveredAt = Day.At(9), Attributes = [Supposed("Title", "Clerk"), Supposed("TITLE", "VP")] });

        IReadOnlyList<AttributeChange> read = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0].Attributes;
        read.OrderBy(change => change.RecordedAt).Select(change => (change.Name, change.Value.Text)).ShouldBe([("title", "VP"), ("title", "CEO"), ("Title", "Clerk")], "it had been VP already");
    }

    [ContractFact]
    public async Task Delivered_ValuesReadFromTheLead_ChangeItWhenTheyDiffer()
    {
        LeadHistory bob = new LeadBuilder("bob").Has("title", "VP").Build();
        await Store.AppendAsync(HistoryBatch.Of(new AccountHistory(null, [bob])));
        AttributeChange Read(string title, double day) => bob.Attributes[0] with { Value = AttributeValue.Of(title), ReadAt = Day.At(day) };

        AppendResult result = await Store.AppendAsync(
            Delivered(bob) with { Attributes = [Read("VP", 1), Read("CEO", 2), Read("CEO", 3), Read("VP", 4), .. Enumerable.Repeat(Read("VP", 1), 50)] });

        result.States!.Attributes.Take(5).ShouldBe([RowState.Known, RowState.Added, RowState.Known, RowState.Added, RowState.Known]);
        IReadOnlyList<AttributeChange> read = (await ReadAllAsync()).ShouldHaveSingleItem().Leads[0].Attributes;
        read.Select(change => (change.Value.Text, change.OccurredAt, change.RecordedAt))
            .ShouldBe([("VP", Day.Zero, Day.Zero), ("CEO", Day.At(2), Day.At(2)), ("VP", Day.At(4), Day.At(4))]);
    }
}
