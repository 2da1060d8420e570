using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Training;

/// <summary>Levels planted in drawn labels are found, and none where there is none.</summary>
public class LevelTrackTests
{
    private const int Rows = 8000;

    [Fact]
    public void Track_OfALevelThatFalls_ForetellsTheLast()
    {
        LevelTrack? track = Track(row => -0.8 * row / Rows, seed: 1);

        track.ShouldNotBeNull();
        track.Next.ShouldBe(-0.75, 0.15);
        Math.Sqrt(track.Variance).ShouldBeInRange(0.05, 0.4);
    }

    [Fact]
    public void Track_AfterASuddenRise_ForetellsTheNewLevel()
    {
        LevelTrack? track = Track(row => row < Rows / 2 ? 0 : 0.7, seed: 2);

        track.ShouldNotBeNull();
        track.Next.ShouldBe(0.7, 0.15);
    }

    [Fact]
    public void Ahead_OfARow_KnowsNothingOfItsOwnStretchOrLater()
    {
        double[] scores = new double[Rows];
        byte[] labels = Labels(row => -0.8 * row / Rows, seed: 3);
        double[] before = LevelTrack.Of(scores, labels, Ones, Alone)!.Ahead;

        // Other labels in the last stretch leave all that was foretold, since no stretch follows it.
        labels.AsSpan(Rows / 8 * 7).Fill(1);
        double[] after = LevelTrack.Of(scores, labels, Ones, Alone)!.Ahead;

        before[0].ShouldBe(0);
        before[Rows - 1].ShouldBeLessThan(-0.4);
        // Only what is found likely of the steps, which is one for all, may differ.
        after[Rows / 8].ShouldBe(before[Rows / 8], 0.02);
        after[Rows - 1].ShouldBe(before[Rows - 1], 0.2);
    }

    [Fact]
    public void Track_OfALevelThatStandsStill_HardlyMovesTheScore() =>
        Size(Enumerable.Range(0, 100).Select(seed => Track(_ => 0, seed)!.Next)).ShouldBeLessThan(0.05);

    [Fact]
    public void Track_OfWeakEvidence_MovesPartOfTheWay()
    {
        // A twentieth of the rows count: the fall is there, but chance could have made it.
        LevelTrack strong = Track(row => -0.8 * row / Rows, seed: 5)!;
        LevelTrack weak = LevelTrack.Of(new double[Rows], Labels(row => -0.8 * row / Rows, seed: 5), [.. Enumerable.Repeat(0.05f, Rows)], Alone)!;

        weak.Next.ShouldBeInRange(strong.Next + 0.05, -0.05);
        weak.Variance.ShouldBeGreaterThan(strong.Variance);
    }

    [Fact]
    public void Track_OfLeadsWithManyRows_IsNotFooledByTheirLikeness()
    {
        // Ten rows of a lead with one outcome: levels vary ten times as much as so many rows alone would.
        static double Next(int seed)
        {
            byte[] leads = Labels(_ => 0, seed)[..(Rows / 10)];
            byte[] labels = [.. leads.SelectMany(label => Enumerable.Repeat(label, 10))];
            return LevelTrack.Of(new double[Rows], labels, Ones, [.. Enumerable.Range(0, Rows).Select(row => row / 10)])!.Next;
        }

        Size(Enumerable.Range(0, 100).Select(Next)).ShouldBeLessThan(0.15);
    }

    [Fact]
    public void Track_OfFewPositives_IsNull() =>
        LevelTrack.Of(new double[Rows], [.. Enumerable.Range(0, Rows).Select(row => (byte)(row < 39 ? 1 : 0))], Ones, Alone).ShouldBeNull();

    private static float[] Ones { get; } = [.. Enumerable.Repeat(1f, Rows)];

    private static int[] Alone { get; } = [.. Enumerable.Range(0, Rows)];

    private static double Size(IEnumerable<double> levels) => Math.Sqrt(levels.Average(level => level * level));

    private static LevelTrack? Track(Func<int, double> level, int seed) => LevelTrack.Of(new double[Rows], Labels(level, seed), Ones, Alone);

    /// <summary>Drawn at a log-odds of 0 and the level.</summary>
    private static byte[] Labels(Func<int, double> level, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows).Select(row => (byte)(random.NextDouble() < LogOdds.ToProbability(level(row)) ? 1 : 0))];
    }
}
