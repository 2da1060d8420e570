using LeadPredict.Features.Profiles;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Extraction;

public class StageFeatureTests
{
    [Fact]
    public void StageFeatures_QualifiedLead_TellTimesAndVelocity()
    {
        VectorOf vector = new(
            new LeadBuilder(created: 2).Enters(Stage.MarketingQualified, 7).Enters(Stage.SalesAccepted, 10)
                .Enters(Stage.SalesQualified, 11.5).BuildAlone(), 20);

        vector["lead_age_days"].ShouldBe(18);
        vector["days_in_stage"].ShouldBe(8.5f);
        vector.Category("stage").ShouldBe("SalesQualified");
        (vector["days_to_mql"], vector["days_mql_to_sal"], vector["days_mql_to_sql"]).ShouldBe((5, 3, 4.5f));
        vector["earlier_mql_episodes"].ShouldBe(0);
    }

    [Fact]
    public void EarlierEpisodes_SecondQualification_CountsTheFirstAndTheRecycling()
    {
        AccountHistory account = new LeadBuilder().Enters(Stage.MarketingQualified, 1).Enters(Stage.SalesQualified, 3)
            .Enters(Stage.Recycled, 5).Enters(Stage.MarketingQualified, 9).BuildAlone();

        VectorOf recycled = new(account, 6), again = new(account, 10);

        (recycled["earlier_mql_episodes"], recycled["times_recycled"]).ShouldBe((1, 1));
        (again["earlier_mql_episodes"], again["times_recycled"], again["days_in_stage"]).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void Extract_OfALeadThatIsTakenToEnterAStage_IsThatOfOneThatHasJustEnteredIt()
    {
        AccountHistory[] accounts = [.. RandomHistories.Accounts(300, seed: 21)];
        Snapshot[] snapshots = [.. accounts.Select(account => Snapshot.Take(account, account.Leads[0], Day.At(300)))];
        var profile = new SnapshotProfile(new() { MinimumCount = 1, CategoryMinimumCount = 1 });
        Array.ForEach(snapshots, profile.Observe);
        FeatureExtractor extractor = new(profile.Build().Schema);
        float[] before = new float[extractor.Count], taken = new float[extractor.Count], entered = new float[extractor.Count];
        int changed = 0;
        foreach ((AccountHistory account, Snapshot snapshot) in accounts.Zip(snapshots).Where(one => one.Second.Stage is not Stage.SalesQualified))
        {
            LeadHistory lead = account.Leads[0];
            DateTimeOffset at = Day.At(300).AddMilliseconds(-1);
            LeadHistory moved = new(lead.Lead, lead.Touches, lead.Attributes, [.. lead.Transitions, new() { Id = "entry", LeadId = lead.Lead.Id, To = Stage.SalesQualified, OccurredAt = at, RecordedAt = at }], lead.Outcomes);
            AccountHistory other = new(account.Account, [moved, .. account.Leads.Skip(1)]);
            extractor.Extract(snapshot, before);
            extractor.Extract(snapshot, taken, Stage.SalesQualified);
            extractor.Extract(Snapshot.Take(other, moved, Day.At(300)), entered);

            taken.ShouldBe(entered);
            changed += taken.SequenceEqual(before) ? 0 : 1;
        }

        changed.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void AccountFeatures_Colleagues_CountOnlyWhatWasKnown()
    {
        AccountHistory account = new HistoryBuilder().With("a", 0, lead => lead.Touched("call", 99))
            .With("b", 1, lead => lead.Touched("call", 95).Touched("call", 40).Touched("email_open", 96).Touched("call", 2)
                .Enters(Stage.SalesQualified, 50).Enters(Stage.Won, 60))
            .With("c", 2, lead => lead.Enters(Stage.MarketingQualified, 5).Enters(Stage.Lost, 50).Enters(Stage.Won, 80, recorded: 120))
            .With("d", 100).Build();

        VectorOf vector = new(account, 100, "a");

        (vector["account_known_leads"], vector["account_touches_30d"], vector["account_touches_90d"]).ShouldBe((2, 1, 2));
        (vector["account_reached_sql"], vector["account_won"], vector["account_lost"]).ShouldBe((1, 1, 1));
    }
}
