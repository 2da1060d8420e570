using System.Globalization;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Errors;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

// Numbers, amounts and instants come back as they went.
public abstract partial class HistoryStoreContract
{
    private static readonly double[] HardNumbers = [0.1, 1e300, double.Epsilon, double.MaxValue, -1.0 / 3, 9007199254740993];
    private static readonly decimal?[] HardAmounts = [1200.50m, 999_999_999_999_999.9999999999999m, 0.0000000000000000000000000001m, null];

    [ContractFact]
    public async Task Append_FractionsOfAMicrosecond_AreCut()
    {
        Lead lead = new LeadBuilder("a").Build().Lead with
        {
            CreatedAt = Day.At(1).AddTicks(19).ToOffset(TimeSpan.FromHours(5)),
            RecordedAt = Day.At(2).AddTicks(-1),
        };

        await Store.AppendAsync(new() { Leads = [lead] });

        Lead read = (await Store.FindAccountOfLeadAsync("a"))!.Leads[0].Lead;
        (read.CreatedAt, read.CreatedAt.Offset).ShouldBe((Day.At(1).AddTicks(10), TimeSpan.Zero));
        read.RecordedAt.ShouldBe(Day.At(2).AddTicks(-10));
    }

    [ContractFact]
    public async Task Append_NumbersAndAmounts_KeepEveryDigit()
    {
        foreach (int others in new[] { 0, 60 }) // a small batch and a large one may take different ways
        {
            AccountHistory written = Numbers($"of {others}");
            await Store.AppendAsync(HistoryBatch.Of([written, .. Enumerable.Range(0, others).Select(i => Numbers($"other {i}"))]));

            AccountHistory read = (await Store.FindAccountOfLeadAsync($"of {others}"))!;
            ShouldBeSame(read, written);
            read.Leads[0].Outcomes.Select(outcome => outcome.Amount?.ToString(CultureInfo.InvariantCulture))
                .ShouldBe(["1200.50", "999999999999999.9999999999999", "0.0000000000000000000000000001", null]);
        }
    }

    [ContractFact]
    public async Task Append_AmountBeyondTheLargest_IsRefused()
    {
        AccountHistory Worth(decimal amount) => new LeadBuilder("rich").Closes(won: true, 3, amount).BuildAlone();

        await Should.ThrowAsync<InvalidHistoryException>(() => Store.AppendAsync(HistoryBatch.Of(Worth(Outcome.LargestAmount + 0.01m))));
        (await Store.FindAccountOfLeadAsync("rich")).ShouldBeNull();
        await Store.AppendAsync(HistoryBatch.Of(Worth(-Outcome.LargestAmount)));
        (await Store.FindAccountOfLeadAsync("rich"))!.Leads[0].Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(-Outcome.LargestAmount);
    }

    private static AccountHistory Numbers(string lead)
    {
        LeadBuilder builder = new LeadBuilder(lead).Touched("call", 1);
        foreach (double number in HardNumbers)
        {
            builder.Has($"n{number:R}", number);
        }

        for (int i = 0; i < HardAmounts.Length; i++)
        {
            builder.Closes(won: i % 2 == 0, i, HardAmounts[i]);
        }

        LeadHistory drawn = builder.Build();
        return new(null, [new LeadHistory(
            drawn.Lead,
            drawn.Touches.Select(touch => touch with
            {
                Properties = HardNumbers.ToDictionary(number => $"n{number:R}", number => AttributeValue.Of(number)),
            }),
            drawn.Attributes,
            [],
            drawn.Outcomes)]);
    }
}
