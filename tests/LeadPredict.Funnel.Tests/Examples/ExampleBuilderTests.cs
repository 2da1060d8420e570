using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;
using static LeadPredict.Funnel.Stages.Stage;

namespace LeadPredict.Funnel.Tests.Examples;

public class ExampleBuilderTests
{
    [Fact]
    public void ExampleBuilder_EpisodeStart_KnowsItsOwnEntry()
    {
        AccountExamples built = Build(new LeadBuilder().Enters(MarketingQualified, 5, recorded: 7).Enters(Lost, 30));
        TrainingExample example = built.Examples.First(example => example.Target == Target.Qualify);

        example.AsOf.ShouldBe(Day.At(7).AddMilliseconds(1));
        example.TakeSnapshot(built.Account).Stage.ShouldBe(MarketingQualified);
        example.IsEpisodeStart.ShouldBeTrue();
    }

    [Fact]
    public void ExampleBuilder_OpenEpisode_IsLookedAtOnceInEachStretch()
    {
        TrainingExample[] examples = Of(Target.Qualify, new LeadBuilder().Enters(MarketingQualified, 5).Enters(SalesQualified, 65));

        examples.Length.ShouldBe(5);
        double[] days = [.. examples.Select(example => (example.AsOf - Day.At(5)).TotalDays)];
        days[0].ShouldBe(0, 1e-6);
        days[1].ShouldBeInRange(0, 7);
        days[2].ShouldBeInRange(7, 14);
        days[3].ShouldBeInRange(14, 30);
        days[4].ShouldBeInRange(30, 60);
        examples.Select(example => example.IsEpisodeStart).ShouldBe([true, false, false, false, false]);
        examples.Sum(example => example.Weight).ShouldBe(1, 1e-12);
        examples.ShouldAllBe(example => example.Label == Label.Converted);
    }

    /// <summary>Leads are scored on any day, so some are looked at on each.</summary>
    [Fact]
    public void Looks_OfManyLeads_LieEverywhere()
    {
        double[] days =
        [
            .. Enumerable.Range(0, 600).SelectMany(lead => Of(Target.Qualify, new LeadBuilder($"lead-{lead}").Enters(MarketingQualified, 5)))
                .Where(example => !example.IsEpisodeStart).Select(example => (example.AsOf - Day.At(5)).TotalDays),
        ];

        foreach ((int begin, int end) in new[] { (0, 7), (7, 14), (14, 30), (30, 60), (60, 90), (90, 150), (150, 210), (210, 270), (270, 330) })
        {
            int[] tenths = [.. Enumerable.Range(0, 10).Select(tenth => days.Count(day => Math.Floor(10 * (day - begin) / (end - begin)) == tenth))];
            tenths.Sum().ShouldBe(600);
            tenths.ShouldAllBe(tenth => tenth > 30 && tenth < 95, $"{begin} to {end}");
        }
    }

    [Fact]
    public void Looks_OfOneLead_AreNotOnTheSamePlaceOfEachStretchNorOfEachEpisode()
    {
        TrainingExample[] looks = Of(Target.Qualify, new LeadBuilder().Enters(MarketingQualified, 5).Enters(Recycled, 20).Enters(MarketingQualified, 25).Enters(Recycled, 40));
        double[] first = Days(0, 5), second = Days(1, 25);
        Math.Abs(first[1] - second[1]).ShouldBeGreaterThan(0.001);
        Math.Abs(first[2] - 7 - first[1]).ShouldBeGreaterThan(0.001);

        double[] Days(int ordinal, double entered) =>
            [.. looks.Where(look => look.EpisodeOrdinal == ordinal && !look.IsRecycled).Select(look => (look.AsOf - Day.At(entered)).TotalDays)];
    }

    [Fact]
    public void ExampleBuilder_FirstWeeksOfSomeAccounts_AreThoseOfOneInSoMany()
    {
        AccountHistory[] accounts = [.. RandomHistories.Accounts(2000, seed: 8)];
        TrainingExample[] Of(int firstWeeksOf) => [.. accounts.SelectMany(account => new ExampleBuilder(FunnelDefinition.Default, Day.At(800), firstWeeksOf).Build(account).Examples)];
        TrainingExample[] all = Of(1);
        TrainingExample[] some = Of(4);
        Dictionary<string, int> most = all.GroupBy(example => example.GroupKey).ToDictionary(group => group.Key, group => group.Count());
        string[] looked = [.. some.GroupBy(example => example.GroupKey).Where(group => group.Count() == most[group.Key]).Select(group => group.Key)];
        string[] fewer = [.. most.Keys.Except(looked)];

        some.Select(example => (example.EpisodeKey, example.Target, example.AsOf)).ShouldBeSubsetOf(all.Select(example => (example.EpisodeKey, example.Target, example.AsOf)));
        some.Count(example => example.IsEpisodeStart).ShouldBe(all.Count(example => example.IsEpisodeStart));
        fewer.Length.ShouldBeGreaterThan(most.Count / 2);
        looked.Length.ShouldBeGreaterThan(most.Count / 8);
    }

    [Fact]
    public void ExampleBuilder_RecycledLeadThatQualifiesAgain_HasTwoMqlEpisodesWithTheirOwnLabels()
    {
        LeadBuilder lead = new LeadBuilder().Enters(MarketingQualified, 5).Enters(SalesQualified, 15).Enters(Recycled, 25)
            .Enters(MarketingQualified, 60).Enters(Disqualified, 80);

        TrainingExample[] starts = [.. Of(Target.Qualify, lead).Where(example => example.IsEpisodeStart && !example.IsRecycled)];

        starts.Select(example => (example.EpisodeOrdinal, example.Label)).ShouldBe([(0, Label.Converted), (1, Label.NotConverted)]);
        starts.Select(example => example.EpisodeKey).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void ExampleBuilder_StayInNurturing_TeachesQualify()
    {
        LeadBuilder lead = new LeadBuilder().Enters(MarketingQualified, 5).Enters(Recycled, 15).Enters(MarketingQualified, 30)
            .Enters(SalesQualified, 40);

        TrainingExample example = Of(Target.Qualify, lead).Single(example => example.IsRecycled);

        example.Label.ShouldBe(Label.Converted);
        example.TakeSnapshot(lead.BuildAlone()).Stage.ShouldBe(Recycled);
    }

    [Fact]
    public void ExampleBuilder_StayInNurturing_IsLookedAtUntilItEnds()
    {
        LeadBuilder lead = new LeadBuilder().Enters(MarketingQualified, 5).Enters(Recycled, 10).Enters(MarketingQualified, 72).Enters(Recycled, 77);

        TrainingExample[] looks = [.. Of(Target.Qualify, lead).Where(example => example.IsRecycled)];

        looks.Select(example => example.EpisodeOrdinal).Take(4).ShouldBe([0, 0, 1, 1], "one look in 30 days, and the first stay was over before the next");
        double[] days = [.. looks.Select(example => (example.AsOf - Day.Zero).TotalDays)];
        days[0].ShouldBe(10, 1e-6);
        days[1].ShouldBeInRange(40, 70);
        days[2].ShouldBe(77, 1e-6);
        days[3].ShouldBeInRange(107, 137);
    }

    [Fact]
    public void ExampleBuilder_EntryRecordedAfterTheLeadHadLeft_IsSkippedAndCounted()
    {
        AccountExamples known = Build(new LeadBuilder().Enters(MarketingQualified, 5, recorded: 20).Enters(Lost, 10));
        AccountExamples unknown = Build(new LeadBuilder().Enters(MarketingQualified, 5, recorded: 20).Enters(SalesQualified, 10, recorded: 40));

        known.Examples.ShouldBeEmpty();
        known.Counts.OverWhenKnown.ShouldBe(1);
        unknown.Examples.ShouldNotContain(example => example.Target == Target.Qualify);
        unknown.Counts.DecidedWhenKnown.ShouldBe(1);
    }

    /// <summary>Who looks at leads when they came into question looks as training does.</summary>
    [Fact]
    public void FirstInstant_IsThatOfTheFirstExample()
    {
        LeadHistory prompt = new LeadBuilder().Enters(MarketingQualified, 5).Enters(SalesQualified, 10).Build();
        LeadHistory late = new LeadBuilder().Enters(MarketingQualified, 5, recorded: 20).Enters(SalesQualified, 10, recorded: 20).Build();
        DateTimeOffset? First(LeadHistory lead) => EpisodeInstants.FirstOf(lead, LinkEpisodes.Of(lead.Lead, lead.Transitions, FunnelDefinition.Default.Qualify!)[0], Day.At(400));

        First(prompt).ShouldBe(Build(new LeadBuilder().Enters(MarketingQualified, 5).Enters(SalesQualified, 10)).Examples[0].AsOf);
        First(late).ShouldBeNull("it was over by the time that it was known");
    }

    [Fact]
    public void ExampleBuilder_StagesOfOneInstant_AreCountedAsWithoutLength()
    {
        Build(new LeadBuilder().Enters(MarketingQualified, 5).Enters(SalesQualified, 5)).Counts.WithoutLength.ShouldBe(1);
    }

    [Fact]
    public void ExampleBuilder_EpisodeOpenedBeforeTheStart_IsLeftOut()
    {
        FunnelDefinition funnel = FunnelDefinition.Default with { Start = Day.At(6) };

        AccountExamples built = Build(new LeadBuilder().Enters(MarketingQualified, 5), funnel);

        built.Examples.ShouldBeEmpty();
        built.Counts.BeforeStart.ShouldBe(1);
    }

    /// <summary>It took longer than the horizon, so that only later looks at it say what SQLs are worth; none of them is the first.</summary>
    [Fact]
    public void ExampleBuilder_CloseOfALeadThatQualifiedLate_HasNoEpisodeStartBeforeTheLink()
    {
        TrainingExample[] examples = [.. Of(
            Target.Close, new LeadBuilder().Enters(MarketingQualified, 5).Enters(SalesQualified, 135).Enters(Won, 160)).Where(example => example.IsBeforeLink)];

        examples.ShouldNotBeEmpty();
        examples.ShouldAllBe(example => !example.IsEpisodeStart);
    }

    [Fact]
    public void ExampleBuilder_Close_LearnsFromSqlAndFromTheMqlItWas()
    {
        TrainingExample[] examples = Of(
            Target.Close, new LeadBuilder().Enters(MarketingQualified, 5).Enters(SalesQualified, 12).Enters(Won, 26));

        examples.Select(example => (example.IsBeforeLink, example.Label))
            .ShouldBe([(true, Label.Converted), (true, Label.Converted), (false, Label.Converted), (false, Label.Converted), (false, Label.Converted)]);
        examples.Where(example => example.IsEpisodeStart).Select(example => (example.AsOf - Day.Zero).Days).ShouldBe([5, 12]);
        examples[0].MaturesAt.ShouldBe(Day.At(12 + 180));
    }

    [Fact]
    public void ExampleBuilder_MqlThatNeverBecameSql_TeachesNothingAboutClosing()
    {
        Of(Target.Close, new LeadBuilder().Enters(MarketingQualified, 5).Enters(Lost, 15)).ShouldBeEmpty();
    }

    [Fact]
    public void ExampleBuilder_Chain_IsContainedInQualifyAndMaturesAfterBothHorizons()
    {
        foreach (AccountHistory account in RandomHistories.Accounts(300, seed: 5))
        {
            TrainingExample[] all = [.. new ExampleBuilder(FunnelDefinition.Default, Day.At(800)).Build(account).Examples];
            foreach (TrainingExample chain in all.Where(example => example.Target == Target.Chain))
            {
                TrainingExample qualify = all.Single(example =>
                    example.Target == Target.Qualify && example.EpisodeKey == chain.EpisodeKey && example.AsOf == chain.AsOf);
                (chain.Label == Label.Converted && qualify.Label != Label.Converted).ShouldBeFalse();
                (chain.MaturesAt - chain.AsOf).TotalDays.ShouldBe(270);
            }
        }
    }

    [Fact]
    public void ExampleBuilder_OneLinkFunnel_HasNoChain()
    {
        FunnelDefinition funnel = FunnelDefinition.Create([MarketingQualified, Won], closeHorizon: TimeSpan.FromDays(30));

        AccountExamples built = Build(new LeadBuilder().Enters(MarketingQualified, 5).Enters(Won, 15), funnel);

        built.Examples.Select(example => (example.Target, example.Label)).ShouldBe([(Target.Close, Label.Converted), (Target.Close, Label.Converted)]);
    }

    [Fact]
    public void ExampleBuilder_RandomHistories_SnapshotsAlwaysStandWhereTheExampleSays()
    {
        ExampleBuilder builder = new(FunnelDefinition.Default, Day.At(420));
        foreach (AccountHistory account in RandomHistories.Accounts(300, seed: 6))
        {
            foreach (TrainingExample example in builder.Build(account).Examples)
            {
                Stage stage = example.TakeSnapshot(account).Stage;
                bool fits = example.IsRecycled ? stage == Recycled
                    : example.Target == Target.Close && !example.IsBeforeLink ? stage is SalesQualified or Opportunity
                    : stage is MarketingQualified or SalesAccepted;
                fits.ShouldBeTrue($"{example.EpisodeKey} at {example.AsOf:O} stands at {stage}");
            }
        }
    }

    private static TrainingExample[] Of(Target target, LeadBuilder lead) =>
        [.. Build(lead).Examples.Where(example => example.Target == target)];

    private static AccountExamples Build(LeadBuilder lead, FunnelDefinition? funnel = null) =>
        new ExampleBuilder(funnel ?? FunnelDefinition.Default, Day.At(1000)).Build(lead.BuildAlone());
}
