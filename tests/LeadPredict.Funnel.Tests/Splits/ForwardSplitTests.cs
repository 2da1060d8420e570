using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Splits;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Splits;

public class ForwardSplitTests
{
    private static readonly DateTimeOffset End = Day.At(RandomHistories.Days);

    private static readonly FunnelDefinition Funnel = FunnelDefinition.Create(
        [Stage.MarketingQualified, Stage.SalesQualified, Stage.Won], TimeSpan.FromDays(30), TimeSpan.FromDays(45));

    private static readonly TrainingExample[] Examples = [.. RandomHistories.Accounts(1500, seed: 11)
        .SelectMany(account => new ExampleBuilder(Funnel, End).Build(account).Examples)];

    [Theory]
    [InlineData(null)]
    [InlineData(150.0)]
    [InlineData(250.0)]
    public void ForwardSplit_RandomHistories_NoAccountStandsOnBothSides(double? testStart)
    {
        ForwardSplit split = Split(testStart);

        HashSet<string> train = Groups(split, SplitSide.Train), test = Groups(split, SplitSide.Test);

        train.Count.ShouldBeGreaterThan(50);
        test.Count.ShouldBeGreaterThan(20);
        train.Overlaps(test).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(150.0)]
    public void ForwardSplit_RandomHistories_HoldsTheEmbargo(double? testStart)
    {
        ForwardSplit split = Split(testStart);

        foreach (TrainingExample example in Examples)
        {
            SplitSide side = split.SideOf(example);
            (side == SplitSide.Train && example.MaturesAt > split.TestStart).ShouldBeFalse();
            (side == SplitSide.Test && (example.AsOf < split.TestStart || example.MaturesAt > End || !example.IsEpisodeStart)).ShouldBeFalse();
            (side is SplitSide.Train or SplitSide.Test && example.Label == Label.Censored).ShouldBeFalse();
        }
    }

    [Fact]
    public void ForwardSplit_ChosenStart_ComesCloseToTheShareAskedFor()
    {
        ForwardSplit split = ForwardSplit.Of(Examples, End);

        split.DecidedBy.ShouldBe(Target.Chain);
        double train = Examples.Count(Usable(split, example => example.MaturesAt <= split.TestStart));
        double test = Examples.Count(Usable(split, example => example.AsOf >= split.TestStart));
        (test / (train + test)).ShouldBe(0.3, 0.05);
    }

    [Fact]
    public void ForwardSplit_Counts_AccountForEveryExample()
    {
        ForwardSplit.Of(Examples, End).Counts.Sum(target => target.Counts.Values.Sum()).ShouldBe(Examples.Length);
    }

    [Fact]
    public void ForwardSplit_ExamplesInAnotherOrder_IsTheSame()
    {
        ForwardSplit one = ForwardSplit.Of(Examples, End), other = ForwardSplit.Of([.. Examples.Reverse()], End);

        other.TestStart.ShouldBe(one.TestStart);
        other.Select(Examples.Reverse(), Target.Qualify, SplitSide.Train).ShouldBe(one.Select(Examples, Target.Qualify, SplitSide.Train));
    }

    [Fact]
    public void ForwardSplit_HistoryShorterThanItsHorizons_IsRefusedWithFigures()
    {
        DateTimeOffset end = Day.At(80);
        TrainingExample[] examples = [.. RandomHistories.Accounts(50, seed: 3)
            .SelectMany(account => new ExampleBuilder(FunnelDefinition.Default, end).Build(account).Examples)];

        Should.Throw<SplitNotPossibleException>(() => ForwardSplit.Of(examples, end)).Message.ShouldContain("horizon of 90 days");
    }

    private static ForwardSplit Split(double? testStart) =>
        ForwardSplit.Of(Examples, End, new() { TestStart = testStart is { } day ? Day.At(day) : null });

    private static HashSet<string> Groups(ForwardSplit split, SplitSide side) =>
        [.. Examples.Where(example => split.SideOf(example) == side).Select(example => example.GroupKey)];

    private static Func<TrainingExample, bool> Usable(ForwardSplit split, Func<TrainingExample, bool> side) => example =>
        example.Target == split.DecidedBy && example.IsEpisodeStart && example.IsMature(End) && example.Label != Label.Censored && side(example);
}
