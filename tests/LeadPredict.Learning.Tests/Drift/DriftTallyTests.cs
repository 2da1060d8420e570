using System.Collections.Immutable;
using LeadPredict.Learning.Drift;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Tests.Trees;

namespace LeadPredict.Learning.Tests.Drift;

public sealed class DriftTallyTests
{
    private static readonly FeatureTable Training = PlantedRows.Features(5000, 1);

    [Fact]
    public void Findings_RowsLikeTheTraining_AreNone()
    {
        DriftTally tally = Count(PlantedRows.Features(5000, 2), row => row);
        tally.Findings().ShouldBeEmpty();
        tally.Rows.ShouldBe(5000);
    }

    [Fact]
    public void Findings_ShiftedColumns_AreNamedWorstFirst()
    {
        DriftTally tally = Count(PlantedRows.Features(5000, 2), row => [row[0] + 0.5f, row[1], float.NaN]);
        tally.Findings().Select(drift => drift.Column).ShouldBe(["code", "number"]);
        tally.Findings().ShouldAllBe(drift => drift.StabilityIndex > 1);
    }

    [Fact]
    public void Findings_Index_IsTheFormula()
    {
        ColumnShape shape = new("half", [1], [0.5, 0.5, 0]);
        var tally = new DriftTally([shape]);
        for (int i = 0; i < 1000; i++)
        {
            tally.Observe([i < 900 ? 0 : 1]);
        }

        tally.Findings().ShouldHaveSingleItem().StabilityIndex.ShouldBe((0.4 * Math.Log(1.8)) + (-0.4 * Math.Log(0.2)), 1e-12);
    }

    /// <summary>Fifty codes of 250 rows: the index is above a quarter by chance alone.</summary>
    [Fact]
    public void Chance_OfManyCodesAndFewRows_StaysAboveWhatNothingMakes()
    {
        const int Codes = 50;
        ColumnShape shape = new("code", [], [.. Enumerable.Repeat(1.0 / Codes, Codes), 0]);
        int above = 0;
        int large = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var tally = new DriftTally([shape]);
            for (int i = 0; i < 250; i++)
            {
                tally.Observe([random.Next(Codes)]);
            }

            ColumnDrift drift = tally.Columns().ShouldHaveSingleItem();
            above += drift.StabilityIndex > drift.Chance ? 1 : 0;
            large += drift.StabilityIndex > 0.2 ? 1 : 0;
            tally.Findings().Count.ShouldBe(drift.IsMajor ? 1 : 0);
        }

        large.ShouldBeGreaterThan(60, "without the chance, many of them would be told");
        above.ShouldBeLessThanOrEqualTo(20);
    }

    /// <summary>Leads of one account are of one industry: forty accounts of ten say as little of industries as forty leads do, and as much of sources as four hundred.</summary>
    [Fact]
    public void Chance_OfRowsThatAreAlikeInGroups_IsThatOfFewer()
    {
        ColumnShape[] shapes = [new("industry", [], [.. Enumerable.Repeat(1.0 / 6, 6), 0]), new("source", [], [.. Enumerable.Repeat(1.0 / 6, 6), 0])];
        int above = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            DriftTally tally = new(shapes), fewer = new(shapes), more = new(shapes);
            for (int account = 0; account < 40; account++)
            {
                int industry = random.Next(6);
                fewer.Observe([industry, industry]);
                for (int lead = 0; lead < 10; lead++)
                {
                    float[] row = [industry, random.Next(6)];
                    tally.Observe(row, $"account {account}");
                    more.Observe(row);
                }
            }

            ColumnDrift Of(DriftTally one, string column) => one.Columns().Single(drift => drift.Column == column);
            above += Of(tally, "industry").StabilityIndex > Of(tally, "industry").Chance ? 1 : 0;
            Of(tally, "industry").Chance.ShouldBe(Of(fewer, "industry").Chance, 1e-9);
            Of(tally, "industry").StabilityIndex.ShouldBe(Of(fewer, "industry").StabilityIndex, 1e-9);
            Of(tally, "source").Chance.ShouldBe(Of(more, "source").Chance, 0.6 * Of(more, "source").Chance);
        }

        above.ShouldBeLessThanOrEqualTo(8);
    }

    [Fact]
    public void Columns_MostMoved_IsThePlaceWhoseShareChangedMost()
    {
        var tally = new DriftTally([new("half", [1], [0.5, 0.45, 0.05])], trainingRows: 1000);
        for (int i = 0; i < 1000; i++)
        {
            tally.Observe([i < 500 ? 0 : i < 600 ? 1 : float.NaN]);
        }

        ColumnDrift drift = tally.Columns().ShouldHaveSingleItem();
        (drift.MostMoved, drift.Then, drift.Now).ShouldBe((2, 0.05, 0.4));
        drift.Chance.ShouldBe(9.21 * 0.002, 0.0003, "chi-squared of two degrees, 99 %");
    }

    [Fact]
    public void Findings_FewRows_SayNothing()
    {
        DriftTally tally = Count(PlantedRows.Features(100, 2), _ => [9, 9, float.NaN]);
        tally.Findings().ShouldBeEmpty();
    }

    [Fact]
    public void Of_Table_SharesSumToOneAndPlacesFollowTheEdges()
    {
        foreach (ColumnShape shape in ColumnShape.Of(Training))
        {
            shape.Shares.Sum().ShouldBe(1, 1e-9);
            shape.PlaceOf(float.NaN).ShouldBe(shape.Shares.Length - 1);
        }

        ColumnShape number = ColumnShape.Of(Training)[0];
        number.Edges.Length.ShouldBe(9);
        number.PlaceOf(-1).ShouldBe(0);
        number.PlaceOf(number.Edges[3]).ShouldBe(4);
        number.PlaceOf(2).ShouldBe(9);
        ColumnShape.Of(Training)[2].PlaceOf(400).ShouldBe(12, "a code beyond the training's counts as missing");
    }

    /// <summary>Visits of a page that one lead in twenty knew, and a field that nobody filled: both are of half the leads now.</summary>
    [Fact]
    public void Findings_ColumnsThatWereMostlyOrAllZero_AreTold()
    {
        FeatureTable Table(double share, int seed)
        {
            var random = new Random(seed);
            float[] visits = [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble() < share ? 1f + random.Next(40) : 0)];
            float[] never = [.. visits.Select(_ => random.NextDouble() < share - 0.05 ? 1f : 0)];
            return new([new("visits", ColumnKind.Numeric), new("never", ColumnKind.Numeric)], [visits, never]);
        }

        ImmutableArray<ColumnShape> shapes = ColumnShape.Of(Table(0.05, seed: 1));
        IReadOnlyList<ColumnDrift> Findings(FeatureTable now)
        {
            var tally = new DriftTally(shapes, 4000);
            for (int row = 0; row < now.RowCount; row++)
            {
                tally.Observe([now.Column(0)[row], now.Column(1)[row]]);
            }

            return tally.Findings();
        }

        Findings(Table(0.05, seed: 2)).ShouldBeEmpty();
        Findings(Table(0.5, seed: 2)).Select(drift => drift.Column).ShouldBe(["never", "visits"], ignoreOrder: true);
        shapes[1].IsOneValue.ShouldBeTrue();
        new[] { -1f, 0, 1 }.Select(shapes[1].PlaceOf).ShouldBe([0, 1, 2]);
        shapes[0].Edges[0].ShouldBe(1, "edges are values that rows have");
        shapes[0].Shares[0].ShouldBe(0.95, 0.02);
    }

    private static DriftTally Count(FeatureTable rows, Func<float[], float[]> change)
    {
        var tally = new DriftTally(ColumnShape.Of(Training));
        var row = new float[3];
        for (int i = 0; i < rows.RowCount; i++)
        {
            rows.CopyRow(i, row);
            tally.Observe(change([.. row]));
        }

        return tally;
    }
}
