using System.Diagnostics;
using LeadPredict.Api.Boards;
using LeadPredict.Api.Pages.Calls;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadPredict.Pages.Tests;

public sealed class CallListPages
{
    [Fact]
    public async Task CallList_OfAHundredThousandLeads_IsDrawnInTwoHundredMilliseconds()
    {
        Board board = Board(100_000);
        using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        var renderer = new PageRenderer(services, NullLoggerFactory.Instance);
        double best = double.MaxValue;
        for (int i = 0; i < 6; i++)
        {
            long start = Stopwatch.GetTimestamp();
            CallsView view = new(new(20, Source: "webinar"), board, HandOffFile.Default);
            string html = await renderer.RenderAsync<CallsPage>(("View", view), ("Context", new PageContext()));
            html.ShouldContain("Company 7");
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        best.ShouldBeLessThan(200);
    }

    [Fact]
    public void Filters_OneByOne_LetThroughWhatTheySay()
    {
        Board board = Board(400);
        new CallsQuery(20, Stage: Stage.SalesAccepted).Of(board).ShouldAllBe(row => row.Stage == Stage.SalesAccepted);
        new CallsQuery(20, Source: "webinar").Of(board).Count().ShouldBe(board.Calls.Count(row => row.Source == "webinar"));
        new CallsQuery(20, Grade: "A").Of(board).ShouldAllBe(row => row.Grade == "A");
        new CallsQuery(20, Agreement: "rules").Of(board).ShouldAllBe(row => row.Agreement == Agreement.RulesHigher);
        new CallsQuery(20, Find: "company 39").Of(board).Select(row => row.Account).ShouldContain("Company 39");
        new CallsView(new(20, Page: 3), board, HandOffFile.Default).Shown.First().Rank.ShouldBe(81);
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

    private static Board Board(int leads) => new()
    {
        AsOf = Day.At(300),
        IsPast = false,
        Model = new("leads", 1, "hash"),
        Currency = "EUR",
        Calls = [.. Enumerable.Range(0, leads).Select(Row)],
        Funnel = new FunnelMeasurement(new(FunnelDefinition.Default, new([HandOffFile.Default]), Day.At(300))).Report(),
    };
}
