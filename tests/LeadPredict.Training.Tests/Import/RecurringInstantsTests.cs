using LeadPredict.Funnel.Leads;
using LeadPredict.Training.Import.Rows;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Values told apart with only those instants held that recur, against the simple way that holds them all.</summary>
public sealed class RecurringInstantsTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1024)]
    public void Apart_OfRecurringInstantsAlone_IsAsOfAll(int words)
    {
        foreach (int seed in Enumerable.Range(0, 200))
        {
            AttributeChange[] changes = Changes(new Random(seed));
            RecurringInstants recurring = Noted(words, changes);
            var told = new ToldValues();

            changes.Select(change => recurring.Has(change) ? told.Apart(change) : change).ShouldBe(Simply(changes), $"seed {seed}");
        }
    }

    [Fact]
    public void Count_OfValuesToldOnce_IsAFewOfThem()
    {
        const int values = 100_000, bytesEach = 75;
        RecurringInstants instants = RecurringInstants.Of(values * bytesEach);
        foreach (int i in Enumerable.Range(0, values))
        {
            instants.Note(Change($"l{i / 10}", $"field{i % 10}", Start.AddMinutes(i / 7), "x"));
        }

        instants.Count.ShouldBeInRange(0, values / 25);
    }

    /// <summary>Few leads, fields, instants and values, so that they meet often, in an order of chance.</summary>
    private static AttributeChange[] Changes(Random random) => [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
        Change($"l{random.Next(4)}", $"f{random.Next(3)}", Start.AddDays(random.Next(4)), $"v{random.Next(3)}") with { RecordedAt = Start.AddDays(4 + random.Next(2)) })];

    private static AttributeChange Change(string lead, string name, DateTimeOffset at, string value) =>
        new() { LeadId = lead, Name = name, Value = AttributeValue.Of(value), OccurredAt = at, RecordedAt = at };

    private static RecurringInstants Noted(int words, AttributeChange[] changes)
    {
        var recurring = new RecurringInstants(words);
        Array.ForEach(changes, recurring.Note);
        recurring.Seal();
        return recurring;
    }

    private static IEnumerable<AttributeChange> Simply(AttributeChange[] changes)
    {
        var latest = new Dictionary<(string, string, DateTimeOffset, DateTimeOffset), (AttributeValue Value, int Place)>();
        foreach (AttributeChange change in changes)
        {
            var instant = (change.LeadId, change.Name, change.OccurredAt, change.RecordedAt);
            int place = !latest.TryGetValue(instant, out var before) ? 0 : before.Value == change.Value ? before.Place : before.Place + 1;
            latest[instant] = (change.Value, place);
            yield return change with { RecordedAt = change.RecordedAt.AddMicroseconds(place) };
        }
    }
}
