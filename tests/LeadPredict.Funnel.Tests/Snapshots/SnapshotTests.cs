using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Snapshots;

public class SnapshotTests
{
    [Fact]
    public void Snapshot_TouchAtAsOf_IsLeftOut()
    {
        Snapshot snapshot = Take(new LeadBuilder().Touched("call", 9.999).Touched("call", 10).Touched("call", 11), 10);

        snapshot.Touches.Count.ShouldBe(1);
        snapshot.LeftOut.ShouldBe(2);
    }

    [Fact]
    public void Snapshot_TouchRecordedAtAsOf_IsLeftOut()
    {
        Snapshot snapshot = Take(new LeadBuilder().Touched("call", 1, recorded: 10).Touched("call", 2, recorded: 9.5), 10);

        snapshot.Touches.ShouldHaveSingleItem().OccurredAt.ShouldBe(Day.At(2));
    }

    [Fact]
    public void Snapshot_LateRecordedRowBetweenOthers_KeepsTheOthersInOrder()
    {
        Snapshot snapshot = Take(new LeadBuilder().Touched("a", 1).Touched("b", 2, recorded: 20).Touched("c", 3), 10);

        snapshot.Touches.Select(touch => touch.Type).ShouldBe(["a", "c"]);
    }

    [Fact]
    public void Snapshot_AttributeWithHistory_HasTheLatestKnownValue()
    {
        LeadBuilder lead = new LeadBuilder().Has("employees", 10).Has("employees", 50, 5).Has("Employees", 99, 6, recorded: 12);

        Take(lead, 10).Attributes["EMPLOYEES"].Number.ShouldBe(50);
        Take(lead, 13).Attributes["employees"].Number.ShouldBe(99);
    }

    [Fact]
    public void Snapshot_AttributeCleared_IsMissing()
    {
        Take(new LeadBuilder().Has("budget", 5).Has("budget", AttributeValue.Missing, 3), 10).Attributes["budget"].IsMissing.ShouldBeTrue();
    }

    [Fact]
    public void Snapshot_StageEnteredAgainWithoutLeaving_KeepsItsBeginning()
    {
        LeadBuilder lead = new LeadBuilder().Enters(Stage.MarketingQualified, 2).Enters(Stage.MarketingQualified, 5);

        Snapshot snapshot = Take(lead, 10);

        snapshot.Stage.ShouldBe(Stage.MarketingQualified);
        snapshot.StageSince.ShouldBe(Day.At(2));
    }

    [Fact]
    public void Snapshot_ColleagueKnownLater_IsNotThere()
    {
        AccountHistory account = new HistoryBuilder().With("a", 0).With("b", 10).With("c", 3, lead => lead.Touched("call", 11)).Build();

        Colleague colleague = Snapshot.Take(account, account.Leads[0], Day.At(10)).Colleagues.ShouldHaveSingleItem();

        colleague.Lead.Id.ShouldBe("c");
        colleague.Touches.ShouldBeEmpty();
    }

    [Fact]
    public void Snapshot_AccountToldLater_HasNoCompanyAndNoColleaguesBefore()
    {
        AccountHistory built = new HistoryBuilder(created: 0, recorded: 0).With("a", 0).With("b", 0).With("c", 0).Build();
        LeadHistory told = new(built.Leads[0].Lead with { AccountKnownAt = Day.At(10) });
        var account = new AccountHistory(built.Account, [told, built.Leads[1], built.Leads[2]]);

        foreach ((double day, bool isKnown) in new[] { (10.0, false), (10.1, true) })
        {
            Snapshot own = Snapshot.Take(account, told, Day.At(day)), other = Snapshot.Take(account, built.Leads[1], Day.At(day));

            (own.Account is not null).ShouldBe(isKnown);
            own.Colleagues.Select(colleague => colleague.Lead.Id).ShouldBe(isKnown ? ["b", "c"] : []);
            other.Colleagues.Select(colleague => colleague.Lead.Id).ShouldBe(isKnown ? ["a", "c"] : ["c"]);
        }
    }

    [Fact]
    public void Snapshot_AccountKnownLater_IsNull()
    {
        AccountHistory account = new HistoryBuilder(created: 0, recorded: 30).With("a", 0).Build();

        Snapshot.Take(account, account.Leads[0], Day.At(10)).Account.ShouldBeNull();
    }

    [Fact]
    public void Snapshot_LeadOfAnotherAccount_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Snapshot.Take(new LeadBuilder().BuildAlone(), new LeadBuilder("x").Build(), Day.At(1)))
            .Message.ShouldContain("lead 'x'");
    }

    [Fact]
    public void Snapshot_TakenIntoASpentOne_IsAsIfNew()
    {
        Snapshot? spent = null;
        foreach (AccountHistory account in RandomHistories.Accounts(60, 5))
        {
            foreach (LeadHistory lead in account.Leads)
            {
                foreach (double day in new[] { 1.0, 40, 400 })
                {
                    Snapshot fresh = Snapshot.Take(account, lead, Day.At(day));
                    spent = Snapshot.Take(account, lead, Day.At(day), spent);
                    spent.Lead.ShouldBe(fresh.Lead);
                    spent.Account.ShouldBe(fresh.Account);
                    (spent.AsOf, spent.Stage, spent.StageSince, spent.LeftOut).ShouldBe((fresh.AsOf, fresh.Stage, fresh.StageSince, fresh.LeftOut));
                    spent.Touches.ShouldBe(fresh.Touches);
                    spent.Transitions.ShouldBe(fresh.Transitions);
                    spent.Changes.ShouldBe(fresh.Changes);
                    spent.Outcomes.ShouldBe(fresh.Outcomes);
                    spent.Attributes.ShouldBe(fresh.Attributes, ignoreOrder: true);
                    spent.Colleagues.Select(colleague => colleague.Lead).ShouldBe(fresh.Colleagues.Select(colleague => colleague.Lead));
                }
            }
        }
    }

    private static Snapshot Take(LeadBuilder lead, double asOf)
    {
        AccountHistory account = lead.BuildAlone();
        return Snapshot.Take(account, account.Leads[0], Day.At(asOf));
    }
}
