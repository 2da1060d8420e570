using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.Train;

public sealed class QuietTimeTests
{
    private static readonly DateTimeOffset First = new(2024, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 27, false)]
    [InlineData(1, 28, true)]
    [InlineData(7, 60, false)]
    [InlineData(7, 120, true)]
    [InlineData(30, 150, false)]
    public void Warning_QuietDaysInAYearOfMovesEveryFewDays_IsGivenWhereChanceHardlyMakesThem(int every, int quiet, bool told)
    {
        DateTimeOffset[] before = [.. Enumerable.Range(0, 180 / every).Select(i => First.AddDays(i * every))];
        DateTimeOffset next = before[^1].AddDays(quiet + 1);
        string? warning = Of([.. before, .. Enumerable.Range(0, 180 / every).Select(i => next.AddDays(i * every))]);
        (warning is not null).ShouldBe(told);
        if (told)
        {
            warning!.ShouldStartWith(FormattableString.Invariant($"No lead changed its stage for {quiet} days, from {before[^1].AddDays(1):yyyy-MM-dd} to {next.AddDays(-1):yyyy-MM-dd}."));
        }
    }

    [Fact]
    public void Warning_MovesByChance_IsSeldom()
    {
        var random = new Random(6);
        Enumerable.Range(0, 400).Count(_ => Of([.. Enumerable.Range(0, 20 + random.Next(300)).Select(_ => First.AddDays(random.NextDouble() * 730))]) is not null).ShouldBeLessThan(4);
    }

    [Fact]
    public void Warning_NoMovesOrOne_IsNone()
    {
        Of([]).ShouldBeNull();
        Of([First]).ShouldBeNull();
        Of([First], First.AddDays(400)).ShouldBeNull();
    }

    [Theory]
    [InlineData(27, false)]
    [InlineData(28, true)]
    public void Warning_QuietToTheEnd_SaysThatOtherThingsWereRecorded(int quiet, bool told)
    {
        string? warning = Of([.. Enumerable.Range(0, 180).Select(i => First.AddDays(i))], First.AddDays(179 + quiet));
        (warning is not null).ShouldBe(told);
        warning?.ShouldStartWith("No lead changed its stage for 28 days, from 2024-06-29 to 2024-07-26, though other things were recorded to the end.");
    }

    private static string? Of(DateTimeOffset[] moves, DateTimeOffset? end = null)
    {
        var quiet = new QuietTime();
        quiet.Add(moves.Select((at, i) => new StageTransition { Id = $"t{i}", LeadId = "l", To = Stage.MarketingQualified, OccurredAt = at, RecordedAt = at }));
        var all = new QuietTime();
        all.Add(quiet);
        return all.Warning(end ?? moves.DefaultIfEmpty(First).Max());
    }
}
