using LeadPredict.Api.Boards;
using LeadPredict.Api.Pages.Calls;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Pages.Tests;

public sealed class CallListPages
{
    [Fact]
    public void Rows_OfLaterPages_GoOnCounting()
    {
        CallBoard board = new() { AsOf = Day.At(300), IsPast = false };
        var view = new CallsView(new(20, Page: 3), board, HandOffFile.Default, Day.At(300), new(85, 0, 20, 4, null), [Row(80), Row(81)]);
        view.Shown.Select(one => one.Rank).ShouldBe([81, 82]);
        view.Pages.ShouldBe(3);
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 1)]
    [InlineData(97, 1)]
    [InlineData(98, 2)]
    [InlineData(650, 10)]
    public void Capacity_WhereNobodySaysOne_IsWhatWasCalledOnAWorkingDayOfTheLastQuarter(int called, int expected) =>
        CallsView.UsualCapacity(new() { AsOf = Day.At(300), IsPast = false, Capacity = CallCapacity.Of(called) }).ShouldBe(expected);

    [Fact]
    public void Sources_MoreThanAnybodyChoosesFrom_AreTheMostCommonInOrder()
    {
        CallRow[] rows = [.. Enumerable.Range(0, 300).Select(i => Row(i) with { Source = $"source {i % 150:000}" }), Row(300) with { Source = "source 149" }, Row(301) with { Source = "rare" }];

        CallFacets facets = CallFacets.Of(rows);

        facets.Sources.ShouldBe([.. Enumerable.Range(0, CallFacets.MostSources - 1).Select(i => $"source {i:000}"), "source 149"]);
        facets.RarerSources.ShouldBe(151 - CallFacets.MostSources);
        CallFacets.Of(rows[..50]).RarerSources.ShouldBe(0);
    }

    [Fact]
    public void Row_KeptAndReadAgain_IsTheSame()
    {
        CallRow row = Row(7) with { Account = "<b>É\u2028", CallDue = Day.At(3.25) };
        CallRow read = BoardJson.Read<CallRow>(CallList.Kept(row).Content)!;
        (read with { Why = row.Why }).ShouldBe(row);
        read.Why.ShouldBe(row.Why);
        BoardJson.Read<CallRow>("""{"written":"by another version"}""").ShouldBeNull();
    }

    internal static CallRow Row(int i) => new()
    {
        LeadId = $"lead-{i}",
        Account = $"Company {i}",
        JobTitle = "Head of Things",
        Source = i % 2 == 0 ? "referral" : "webinar",
        Size = "50 to 249",
        Stage = (Stage)(1 + (i % 4)),
        StageSince = Day.At(i % 300),
        Probability = new(1.0 / (1 + i), 0.5 / (1 + i), 1.0),
        Score = 100 - (i % 100),
        Grade = "ABCD"[i % 4].ToString(),
        Points = i % 90,
        RulesGrade = "B2",
        Agreement = (Agreement)(i % 4),
        Worth = 10_000.0 / (1 + i),
        Next = new(Stage.SalesAccepted, "call today", "sales development", "score 93 of 100"),
        Why = ["asked for a demo 2 days ago: speaks for it", "came from referral: speaks for it", "known for 287 days: speaks against it"],
    };
}
