using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Simulate;

namespace LeadPredict.Training.Tests.Simulate;

public sealed class FunnelSimulationTests(SimulatedMarket market) : IClassFixture<SimulatedMarket>
{
    [Fact]
    public void Simulation_AskedForLeads_MakesExactlySoMany()
    {
        market.Leads.Count().ShouldBe(SimulatedMarket.LeadCount);
        market.Leads.Select(lead => lead.Id).Distinct().Count().ShouldBe(SimulatedMarket.LeadCount);
    }

    [Theory]
    [InlineData(60, 120)]
    [InlineData(90, 180)]
    public void Truth_InBucketsOfProbability_IsWhatHappens(int qualifyDays, int closeDays)
    {
        var decided = market.Decided(qualifyDays, closeDays).ToList();
        Verify(decided.Select(one => (one.Truth.Sql, one.Sql)));
        Verify(decided.Where(one => one.Sql).Select(one => (one.Truth.CloseGivenSql, one.Won)));
        Verify(decided.Select(one => (one.Truth.Close, one.Won)));
    }

    [Fact]
    public void Truth_LaterHorizons_TellTheSameOutcomes() =>
        market.Decided(90, 180).ShouldBe(market.Decided(60, 120).Where(one => one.Truth.AsOf.AddDays(270) <= SimulationCalendar.End));

    [Fact]
    public void Truth_RecomputedFromTheFinishedHistory_IsTheSameBits()
    {
        foreach (SimulatedAccount account in market.Accounts.Take(1500))
        {
            LeadHistory[] histories = [.. account.Leads.Select(lead => lead.ToHistory())];
            var whole = new AccountHistory(account.Account, histories);
            foreach (MqlTruth truth in account.Truths)
            {
                LeadHistory lead = histories.Single(one => one.Lead.Id == truth.LeadId);
                VisibleTraits traits = VisibleTraits.Read(Snapshot.Take(whole, lead, truth.AsOf));
                TrueOdds.Sql(traits).ShouldBe(truth.Sql);
                TrueOdds.CloseGivenSql(traits).ShouldBe(truth.CloseGivenSql);
            }
        }
    }

    [Fact]
    public void Truth_AsOf_IsTheFirstMillisecondAtWhichTheEpisodeIsKnown()
    {
        foreach (SimulatedAccount account in market.Accounts)
        {
            foreach (MqlTruth truth in account.Truths)
            {
                StageTransition[] openings = [.. account.Leads.Single(lead => lead.Id == truth.LeadId).Transitions
                    .Where(move => move.To == Stage.MarketingQualified).OrderBy(move => move.OccurredAt)];
                StageTransition opening = openings[truth.Episode - 1];
                truth.AsOf.ShouldBe(opening.RecordedAt.AddMilliseconds(1));
                Snapshot.Admits(opening, truth.AsOf).ShouldBeTrue();
                Snapshot.Admits(opening, opening.RecordedAt).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Rates_OfTheMarket_AreThoseOfABusinessToBusinessFunnel()
    {
        var truths = market.Accounts.SelectMany(account => account.Truths).ToList();
        (market.Leads.Count(lead => lead.Episodes > 0) / (double)SimulatedMarket.LeadCount).ShouldBeInRange(0.5, 0.7);
        truths.Average(truth => truth.Sql).ShouldBeInRange(0.28, 0.4);
        truths.Average(truth => truth.CloseGivenSql).ShouldBeInRange(0.2, 0.35);
        market.Leads.Average(lead => lead.Touches.Count).ShouldBeInRange(8, 12);
    }

    [Fact]
    public void Truth_AsARanking_LeavesRoomAndHasSignal() =>
        AreaUnderCurve(market.Decided(60, 120).Select(one => (one.Truth.Sql, one.Sql))).ShouldBeInRange(0.72, 0.8);

    [Fact]
    public void Transitions_OfRecycledLeads_GoBackwardAndQualifyAgain()
    {
        market.Leads.ShouldContain(lead => Path(lead).Contains("SalesQualified>Recycled>MarketingQualified", StringComparison.Ordinal));
        market.Leads.ShouldContain(lead => Path(lead).Contains("MarketingQualified>Disqualified", StringComparison.Ordinal));
        market.Leads.ShouldContain(lead => Path(lead).Contains("MarketingQualified>SalesAccepted>SalesQualified>Opportunity>Won", StringComparison.Ordinal));
        market.Leads.SelectMany(lead => lead.Transitions).ShouldAllBe(move => move.Actor != null);
        market.Leads.SelectMany(lead => lead.Transitions)
            .Where(move => move.To is Stage.Recycled or Stage.Disqualified or Stage.Lost).ShouldAllBe(move => move.Reason != null);
    }

    [Fact]
    public void Touches_OfTheMarket_AreOfEveryKnownType() =>
        market.Leads.SelectMany(lead => lead.Touches).Select(touch => touch.Type).Distinct().ShouldBe(TouchTypes.Known, ignoreOrder: true);

    [Fact]
    public void Account_AmongFewerLeads_IsTheSame()
    {
        SimulatedAccount alone = FunnelSimulation.Run(new SimulationOptions(200, 11)).First();
        alone.Truths.ShouldBe(market.Accounts[0].Truths);
        FunnelSimulation.Run(new SimulationOptions(200, 12)).First().Leads[0].Lead
            .ShouldNotBe(market.Accounts[0].Leads[0].Lead);
    }

    private static string Path(SimulatedLead lead) =>
        string.Join('>', lead.Transitions.OrderBy(move => move.OccurredAt).Select(move => move.To));

    /// <summary>Eight buckets of equal count; each within four binomial standard errors.</summary>
    private static void Verify(IEnumerable<(double Probability, bool Happened)> draws)
    {
        var sorted = draws.OrderBy(draw => draw.Probability).ToList();
        sorted.Count.ShouldBeGreaterThan(300);
        foreach (var bucket in sorted.Chunk((sorted.Count / 8) + 1))
        {
            double expected = bucket.Average(draw => draw.Probability);
            double error = Math.Sqrt(expected * (1 - expected) / bucket.Length);
            bucket.Average(draw => draw.Happened ? 1.0 : 0).ShouldBe(expected, 4 * error);
        }
    }

    private static double AreaUnderCurve(IEnumerable<(double Probability, bool Happened)> draws)
    {
        var sorted = draws.OrderBy(draw => draw.Probability).ToList();
        double ranks = sorted.Select((draw, rank) => draw.Happened ? rank + 1.0 : 0).Sum();
        double positives = sorted.Count(draw => draw.Happened);
        return (ranks - (positives * (positives + 1) / 2)) / (positives * (sorted.Count - positives));
    }
}
