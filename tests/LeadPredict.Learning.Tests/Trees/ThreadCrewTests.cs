using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class ThreadCrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_ManyShortJobs_CallsEachPartOnce(int threads)
    {
        using var crew = new ThreadCrew(threads);
        for (int job = 0; job < 2000; job++)
        {
            var calls = new int[job % 40];
            crew.Run(calls.Length, (worker, part) => Interlocked.Add(ref calls[part], worker < threads ? 1 : 100));
            calls.ShouldAllBe(count => count == 1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_APartFails_ThrowsAndTheNextJobRuns(int threads)
    {
        using var crew = new ThreadCrew(threads);
        for (int job = 0; job < 50; job++)
        {
            Should.Throw<InvalidDataException>(() => crew.Run(20, (_, part) => Fail(part)));
        }

        int done = 0;
        crew.Run(20, (_, _) => Interlocked.Increment(ref done));
        done.ShouldBe(20);
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(0.7, 0.6, false)]
    [InlineData(1, 0.6, true)]
    public void AddTree_OneTwoOrThreeThreads_GivesTheSameBits(double rowShare, double columnShare, bool halves)
    {
        // Enough rows for many chunks in the first splits, and small nodes in the last.
        TrainingTable table = PlantedRows.Draw(60_000, 7, PlantedRows.Curved);
        TreeArrays one = Fit(table, 1, rowShare, columnShare, halves);
        foreach (int threads in (int[])[2, 3])
        {
            TreeArrays found = Fit(table, threads, rowShare, columnShare, halves);
            found.Feature.ShouldBe(one.Feature);
            found.Threshold.Select(BitConverter.SingleToInt32Bits).ShouldBe(one.Threshold.Select(BitConverter.SingleToInt32Bits));
            found.CategoryWords.ShouldBe(one.CategoryWords);
            found.Value.Select(BitConverter.DoubleToInt64Bits).ShouldBe(one.Value.Select(BitConverter.DoubleToInt64Bits));
            found.Cover.Select(BitConverter.DoubleToInt64Bits).ShouldBe(one.Cover.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    private static TreeArrays Fit(TrainingTable table, int threads, double rowShare, double columnShare, bool halves)
    {
        BinnedTable binned = BinnedTable.Of(table.Features);
        var rules = new BoostingRules
        {
            Growth = new GrowthRules(),
            RowShare = rowShare,
            ColumnShare = columnShare,
            Halves = halves,
            Threads = threads,
            Seed = 3,
        };
        using var booster = new GradientBooster(binned, table, [.. Enumerable.Range(0, table.RowCount)], rules);
        for (int tree = 0; tree < 8; tree++)
        {
            booster.AddTree();
        }

        return new EnsembleBuilder(binned).Build(booster.Trees, booster.Trees.Count).Arrays;
    }

    private static void Fail(int part)
    {
        if (part == 7)
        {
            throw new InvalidDataException("part 7");
        }
    }
}
