using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Snapshots;

/// <summary>Colleagues counted, in accounts of few leads and of many, as going over each of them counts.</summary>
public sealed class ColleagueTallyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(90)]
    public void Tally_IsThatOfTheColleagues(int leads)
    {
        var account = new AccountHistory(null, Leads(leads, seed: leads));
        var random = new Random(5);
        int counted = 0;
        for (int i = 0; i < 400; i++)
        {
            LeadHistory lead = account.Leads[random.Next(leads)];
            Snapshot snapshot = Snapshot.Take(account, lead, Instant(account, random));

            snapshot.TallyColleagues().ShouldBe(Slowly(snapshot));
            snapshot.HasColleagues.ShouldBe(snapshot.Colleagues.Count > 0);
            counted += snapshot.TallyColleagues().Touches90;
        }

        (counted > 0).ShouldBe(leads > 1);
    }

    [Fact]
    public void Snapshot_OfAHistoryThatLooksLikeOneOfTheAccount_IsRefused()
    {
        var account = new AccountHistory(null, Leads(20, seed: 1));

        Should.Throw<ArgumentException>(() => Snapshot.Take(account, Leads(20, seed: 1)[3], Day.At(1)));
        account.Leads.ShouldAllBe(lead => Snapshot.Take(account, lead, Day.At(1)).Lead == lead.Lead);
    }

    /// <summary>An instant of the account's own, just after one, or any.</summary>
    private static DateTimeOffset Instant(AccountHistory account, Random random)
    {
        LeadHistory other = account.Leads[random.Next(account.Leads.Count)];
        DateTimeOffset at = other.Touches[random.Next(other.Touches.Count)].KnownAt.AddDays(random.Next(4) * 30);
        return random.Next(3) switch { 0 => at, 1 => at.AddTicks(10), _ => Day.At(random.NextDouble() * 400) };
    }

    private static LeadHistory[] Leads(int count, int seed)
    {
        var random = new Random(seed);
        double Late(double at) => random.Next(3) switch { 0 => at, 1 => at + random.NextDouble(), _ => at + (random.NextDouble() * 120) };
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double created = random.Next(200);
            var builder = new LeadBuilder($"lead-{i:D3}", created, Late(created), "acme");
            for (int touch = 0; touch < 12; touch++)
            {
                double at = created + random.Next(150);
                builder.Touched(random.Next(4) == 0 ? "email_open" : "page_view", at, Late(at));
            }

            for (int move = random.Next(4); move > 0; move--)
            {
                double at = created + random.Next(150);
                builder.Enters((Stage)random.Next(9), at, Late(at));
            }

            LeadHistory lead = builder.Build();
            return random.Next(4) > 0 ? lead : new(
                lead.Lead with { AccountKnownAt = Day.At(created + random.Next(100)) }, lead.Touches, lead.Attributes, lead.Transitions, lead.Outcomes);
        })];
    }

    /// <summary>Goes over what was known of each.</summary>
    private static ColleagueTally Slowly(Snapshot snapshot)
    {
        int Touches(int days) => snapshot.Colleagues.Sum(colleague => colleague.Touches.Count(
            touch => TouchTypes.IsActivity(touch.Type) && touch.OccurredAt >= snapshot.AsOf.AddDays(-days)));
        int Ever(Predicate<Stage> isMeant) => snapshot.Colleagues.Count(colleague => colleague.Transitions.Any(move => isMeant(move.To)));
        return new(
            snapshot.Colleagues.Count,
            Touches(30),
            Touches(90),
            Ever(stage => stage.Reaches(Stage.SalesQualified)),
            Ever(stage => stage == Stage.Won),
            Ever(stage => stage is Stage.Lost or Stage.Disqualified));
    }
}
