using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Measures;

public class FunnelMeasurementTests
{
    private static readonly HandOffTimeline NoPromises = new([new HandOffDefinition { Version = 0 }]);

    private static FunnelReport Measure(IEnumerable<AccountHistory> accounts, double until, HandOffTimeline? definitions = null, ScoreBandOf? bands = null)
    {
        var measurement = new FunnelMeasurement(new(FunnelDefinition.Default, definitions ?? NoPromises, Day.At(until)), bands);
        foreach (AccountHistory account in accounts)
        {
            measurement.Add(account);
        }

        return measurement.Report();
    }

    [Fact]
    public void Report_RandomHistories_CountsAsTheObviousWayDoes()
    {
        AccountHistory[] accounts = [.. RandomHistories.Accounts(300, seed: 3)];
        DateTimeOffset until = Day.At(300);
        static string? Band(LeadHistory lead) => lead.Lead.Id[^1] == '0' ? null : lead.Lead.Id[^1..];
        FunnelReport report = Measure(accounts, 300, bands: (_, lead, _) => Band(lead));

        // The obvious way: every lead's known history again, asked one question at a time.
        LeadHistory[] leads = [.. accounts.SelectMany(account => account.Leads).Where(lead => lead.Lead.CreatedAt < until)
            .Select(lead => new LeadHistory(
                lead.Lead,
                lead.Touches.Where(row => Snapshot.Admits(row, until)),
                lead.Attributes.Where(row => Snapshot.Admits(row, until)),
                lead.Transitions.Where(row => Snapshot.Admits(row, until)),
                lead.Outcomes.Where(row => Snapshot.Admits(row, until))))];
        report.Leads.ShouldBe(leads.Length);
        foreach (LinkMeasure measured in report.Links)
        {
            FunnelLink link = FunnelDefinition.Default.Links.Single(link => link.To == measured.To);
            (LeadHistory Lead, LinkEpisode Episode)[] episodes = [.. leads.SelectMany(lead => LinkEpisodes.Of(lead.Lead, lead.Transitions, link).Select(episode => (lead, episode)))];
            bool InTime(LinkEpisode episode) => episode.End == EpisodeEnd.Converted && episode.EndedAt < episode.OpenedAt + link.Horizon;
            bool Over(LinkEpisode episode) => episode.OpenedAt + link.Horizon <= until;
            void Same(GroupConversion group, IEnumerable<LinkEpisode> of)
            {
                LinkEpisode[] all = [.. of];
                group.Episodes.ShouldBe(all.Length);
                group.Converted.ShouldBe(all.Count(InTime));
                group.Open.ShouldBe(all.Count(episode => episode.End == EpisodeEnd.Open && !Over(episode)));
                group.Mature.ShouldBe(all.Count(Over));
                group.MatureConverted.ShouldBe(all.Count(episode => Over(episode) && InTime(episode)));
                group.IsMature.ShouldBe(all.All(Over));
                if (group.IsMature)
                {
                    group.Estimate!.Value.Value.ShouldBe(group.MatureRate!.Value, 1e-9, "nobody of a mature group is censored");
                }
            }

            Same(measured.All, episodes.Select(pair => pair.Episode));
            measured.Cohorts.Sum(cohort => cohort.Episodes).ShouldBe(episodes.Length);
            foreach (GroupConversion cohort in measured.Cohorts)
            {
                Same(cohort, episodes.Where(pair => pair.Episode.OpenedAt.ToString("yyyy-MM") == cohort.Name).Select(pair => pair.Episode));
            }

            foreach (GroupConversion source in measured.Sources)
            {
                Same(source, episodes.Where(pair => pair.Lead.Lead.Source == source.Name).Select(pair => pair.Episode));
            }

            foreach (GroupConversion band in measured.Bands)
            {
                Same(band, episodes.Where(pair => Band(pair.Lead) == band.Name).Select(pair => pair.Episode));
            }

            measured.WithoutBand.ShouldBe(episodes.Count(pair => Band(pair.Lead) is null));
            measured.WithoutBand.ShouldBePositive();

            measured.Segments.ShouldAllBe(segment => segment.Groups.Sum(group => group.Episodes) == episodes.Length);
        }

        foreach (StageTime time in report.TimeInStage)
        {
            StageEpisode[] stays = [.. leads.SelectMany(lead => StageEpisode.Of(lead.Lead, lead.Transitions)).Where(stay => stay.Stage == time.Stage)];
            time.Stays.ShouldBe(stays.Length);
            time.Open.ShouldBe(stays.Count(stay => stay.ClosedAt is null));
        }

        report.Revenue.Sum(source => source.Leads).ShouldBe(leads.Length);
        report.Revenue.Sum(source => source.Won).ShouldBe(leads.Count(lead => lead.Transitions.Any(move => move.To == Stage.Won) || lead.Outcomes.Any(outcome => outcome.Won)));
        report.Revenue.Sum(source => source.WonWithoutMove).ShouldBe(leads.Count(lead => !lead.Transitions.Any(move => move.To == Stage.Won) && lead.Outcomes.Any(outcome => outcome.Won)));
    }

    [Fact]
    public void Bands_OfAReportWithoutScores_AreMissedByNoEpisode() =>
        Measure(RandomHistories.Accounts(40, seed: 8), 250).Links.ShouldAllBe(link => link.All.Episodes > 0 && link.WithoutBand == 0);

    [Fact]
    public void Report_RowsThatWereNotKnownYet_ChangeNothing()
    {
        AccountHistory[] accounts = [.. RandomHistories.Accounts(40, seed: 8)];
        Random random = new(1);
        AccountHistory[] later = [.. accounts.Select(account => RandomHistories.WithFuture(account, Day.At(250), random))];

        System.Text.Json.JsonSerializer.Serialize(Measure(later, 250)).ShouldBe(System.Text.Json.JsonSerializer.Serialize(Measure(accounts, 250)));
    }

    [Fact]
    public void Cohort_TooYoung_IsMarkedAndEstimatedFromTheOthers()
    {
        List<AccountHistory> accounts = [];
        for (int i = 0; i < 60; i++)
        {
            double start = i < 40 ? 0 : 120;
            int n = i;
            accounts.Add(new HistoryBuilder($"a{i}").With($"l{i}", start, lead =>
            {
                lead.Enters(Stage.MarketingQualified, start + 1);
                if (n % 4 == 0)
                {
                    lead.Enters(Stage.SalesQualified, start + 11);
                }
            }).Build());
        }

        GroupConversion young = Measure(accounts, 126).Links[0].Cohorts[^1];

        young.IsMature.ShouldBeFalse();
        young.Converted.ShouldBe(0);
        young.MatureRate.ShouldBeNull();
        young.Open.ShouldBe(20);
        young.Estimate!.Value.Value.ShouldBe(0.25, 1e-9);
    }

    [Fact]
    public void Promises_FirstCallsAndSqls_AreHeldAgainstWhatWasInForce()
    {
        HandOffTimeline definitions = new(
        [
            new HandOffDefinition { Version = 0 },
            new HandOffDefinition { Version = 1, From = Day.At(31), FirstCallHours = 24, SqlsPerMonth = 2 },
        ]);
        AccountHistory[] accounts =
        [
            new LeadBuilder("before").Enters(Stage.MarketingQualified, 5).BuildAlone(),
            new LeadBuilder("kept").Enters(Stage.MarketingQualified, 35).Touched("call", 35.5).Enters(Stage.SalesQualified, 40).BuildAlone(),
            new LeadBuilder("late").Enters(Stage.MarketingQualified, 35).Touched("call", 30).Touched("meeting", 37).Enters(Stage.SalesQualified, 41).BuildAlone(),
            new LeadBuilder("never").Enters(Stage.MarketingQualified, 36).Touched("email_open", 36.5).BuildAlone(),
            new LeadBuilder("running").Enters(Stage.MarketingQualified, 61.5).BuildAlone(),
        ];

        FunnelReport report = Measure(accounts, 62, definitions);

        report.FirstCalls.Select(month => (month.Month, month.WithinHours, month.Kept, month.Missed, month.Running)).ShouldBe(
            [("2025-01", null, 0, 0, 0), ("2025-02", 24.0, 1, 2, 0), ("2025-03", 24.0, 0, 0, 1)]);
        report.FirstCalls[1].MedianHours.ShouldBe(48.0, "one of the three was called after 12 hours, one after 48, one never");
        report.Sqls.Select(month => (month.Month, month.Reached, month.Promised, month.State)).ShouldBe(
            [("2025-01", 0, null, PromiseState.NotPromised), ("2025-02", 2, 2, PromiseState.Kept), ("2025-03", 0, 2, PromiseState.Running)]);
        report.Definitions[0].Changes.ShouldBe(["SQLs promised a month: none to 2", "hours to the first call: none to 24"]);
    }

    [Fact]
    public void Reasons_ByDecision_AreReadOutOfTheMoves()
    {
        AccountHistory[] accounts =
        [
            new LeadBuilder("a").Enters(Stage.MarketingQualified, 1).Enters(Stage.SalesAccepted, 2, reason: "fits").Enters(Stage.Recycled, 3, reason: "later")
                .Enters(Stage.MarketingQualified, 9).Enters(Stage.Disqualified, 10).BuildAlone(),
            new LeadBuilder("b").Enters(Stage.MarketingQualified, 1).Enters(Stage.SalesQualified, 2).Enters(Stage.Lost, 3, reason: "price")
                .Closes(false, 3, 100m).BuildAlone(),
        ];

        FunnelReport report = Measure(accounts, 60);

        report.Reasons.Select(reason => (reason.Action, reason.Reason, reason.Count)).ShouldBe(
            [("accept", "fits", 1), ("reject", "", 1), ("reject", "later", 1), ("qualify", "", 1), ("reopen", "", 1), ("lost", "price", 1)]);
        report.Acceptance.ShouldBe([new("2025-01", 2, 1)], "what was given up as SAL had been accepted");
        report.Revenue.ShouldHaveSingleItem().Amounts.ShouldBeEmpty();
    }

    [Fact]
    public void Acceptance_MqlsThatBecomeOpportunitiesOrAreWonAtOnce_WereAnsweredYes() =>
        Measure(
            [
                new LeadBuilder("a").Enters(Stage.MarketingQualified, 1).Enters(Stage.Opportunity, 2).BuildAlone(),
                new LeadBuilder("b").Enters(Stage.MarketingQualified, 1).Enters(Stage.Won, 2).BuildAlone(),
                new LeadBuilder("c").Enters(Stage.MarketingQualified, 1).Enters(Stage.Disqualified, 2).BuildAlone(),
            ],
            60).Acceptance.ShouldBe([new("2025-01", 2, 1)]);

    [Fact]
    public void Measures_StepsBack_CountALeadOnce()
    {
        HandOffTimeline definitions = new([new HandOffDefinition { Version = 0, FirstCallHours = 24, SqlsPerMonth = 2 }]);
        AccountHistory[] accounts =
        [
            new LeadBuilder("back").Enters(Stage.MarketingQualified, 1).Touched("call", 1.5).Enters(Stage.SalesAccepted, 2).Enters(Stage.MarketingQualified, 3)
                .Enters(Stage.SalesAccepted, 4).Enters(Stage.SalesQualified, 5).BuildAlone(),
            new LeadBuilder("lost").Enters(Stage.MarketingQualified, 1).Touched("call", 1.5).Enters(Stage.Opportunity, 2).Enters(Stage.Lost, 35)
                .Enters(Stage.Opportunity, 40).BuildAlone(),
        ];

        FunnelReport report = Measure(accounts, 60, definitions);

        report.Acceptance.ShouldBe([new("2025-01", 2, 0)]);
        report.FirstCalls.Select(month => (month.Mqls, month.Kept, month.Missed)).ShouldBe([(2, 2, 0)]);
        report.Sqls.Select(month => month.Reached).ShouldBe([2, 0, 0], "a lost deal that returns is no new SQL");
    }

    [Fact]
    public void Revenue_BySource_SumsWonDealsByCurrency()
    {
        AccountHistory[] accounts =
        [
            new LeadBuilder("a").From("webinar").Enters(Stage.Won, 2).Closes(true, 2, 100.25m).Closes(true, 3, 50m).BuildAlone(),
            new LeadBuilder("b").From("webinar").Enters(Stage.Won, 2).BuildAlone(),
            new LeadBuilder("c").From("ads").Enters(Stage.Lost, 2).Closes(false, 2, 900m).BuildAlone(),
            new LeadBuilder("d").From("fair").Enters(Stage.Opportunity, 2).Closes(true, 3, 20m).BuildAlone(),
        ];

        IReadOnlyList<SourceRevenue> revenue = Measure(accounts, 60).Revenue;

        revenue.Select(source => (source.Source, source.Leads, source.Won, source.WonWithoutAmount)).ShouldBe([("webinar", 2, 2, 1), ("fair", 1, 1, 0), ("ads", 1, 0, 0)]);
        revenue.Select(source => source.WonWithoutMove).ShouldBe([0, 1, 0], "an outcome alone does not say that the lead was won");
        revenue[0].Amounts.ShouldBe([new("EUR", 150.25m, 2)]);
    }

    [Fact]
    public void Report_EmptyHistory_IsEmpty()
    {
        FunnelReport report = Measure([], 10);

        report.Leads.ShouldBe(0);
        report.Links.Count.ShouldBe(2);
        report.Links[0].All.Estimate.ShouldBeNull();
        report.Sqls.ShouldBeEmpty();
    }
}
