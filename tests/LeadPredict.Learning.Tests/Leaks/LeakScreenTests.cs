using LeadPredict.Learning.Leaks;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Tests.Evaluation;

namespace LeadPredict.Learning.Tests.Leaks;

public sealed class LeakScreenTests
{
    private const int Rows = 2000;

    [Fact]
    public void Screen_CategoryOfRareValues_DoesNotLookPredictive()
    {
        ColumnScreening found = ScreenOne(ColumnKind.Categorical, 1000, (row, _, random) => random.Next(1000));
        found.Auc.ShouldBe(0.5, 0.05);
        LeakVerdict.Judge([found]).ShouldBeEmpty();
    }

    [Fact]
    public void Screen_ConstantColumn_IsExactlyChance()
    {
        ColumnScreening found = ScreenOne(ColumnKind.Numeric, 0, (_, _, _) => 7f);
        found.Auc.ShouldBe(0.5);
        found.MissingAuc.ShouldBe(0.5);
        found.PureShare.ShouldBe(0.0);
    }

    [Fact]
    public void Screen_NumericColumn_NearlyKeepsItsOwnAuc()
    {
        var values = new float[Rows];
        TrainingTable table = Table(ColumnKind.Numeric, 0, (row, label, random) => values[row] = (float)(random.NextDouble() + (0.4 * label)));
        double own = NaiveMetrics.Auc([.. values.Select(v => (double)v)], table.Labels);
        LeakScreen.Screen(table)[0].Auc.ShouldBe(own, 0.02);
    }

    [Fact]
    public void Screen_NumberThatPredictsAtBothEnds_IsSeen()
    {
        ColumnScreening found = ScreenOne(
            ColumnKind.Numeric, 0, (_, label, random) => (float)(label == 1 ? (random.Next(2) * 10) + random.NextDouble() : 2 + (7 * random.NextDouble())));
        found.Auc.ShouldBeGreaterThan(0.97);
    }

    /// <summary>Of all rows 3 % convert, and the amount that only they have is as good as the outcome.</summary>
    [Fact]
    public void Screen_AmountThatOnlyFewWinnersHave_IsNearPerfect()
    {
        ColumnScreening found = ScreenOne(ColumnKind.Numeric, 0, (_, label, random) => label == 1 ? (float)(1 + (1000 * random.NextDouble())) : 0, rows: 20_000, positives: 0.03);
        found.Auc.ShouldBeGreaterThan(0.99);
        LeakVerdict.Judge([found]).ShouldContain(finding => finding.Reason == LeakReason.NearPerfect);
    }

    [Fact]
    public void Judge_HonestColumns_Pass()
    {
        ColumnScreening[] honest =
        [
            ScreenOne(ColumnKind.Numeric, 0, (_, label, random) => (float)(random.NextDouble() + (0.4 * label))),

            // A form that buyers fill somewhat more often.
            ScreenOne(ColumnKind.Numeric, 0, (_, label, random) => random.NextDouble() < (label == 1 ? 0.15 : 0.30) ? float.NaN : random.Next(5)),

            // A small campaign that always converts.
            ScreenOne(ColumnKind.Categorical, 5, (_, label, random) => random.NextDouble() < 0.1 * label ? 1 : 2 + random.Next(3)),

            // No telephone number, no sale.
            ScreenOne(ColumnKind.Numeric, 0, (_, label, random) => label == 0 && random.NextDouble() < 0.05 ? float.NaN : 1f),
        ];
        LeakVerdict.Judge(honest).ShouldBeEmpty();
    }

    [Fact]
    public void Judge_StatusWrittenAfterwards_IsNearPerfect()
    {
        LeakFinding finding = LeakVerdict.Judge([ScreenOne(
            ColumnKind.Categorical, 4, (_, label, random) => random.NextDouble() < 0.1 ? 1 : 2 + label)])
            .First(f => f.Reason == LeakReason.NearPerfect);
        finding.Column.ShouldBe("column");
        finding.Figure.ShouldBeGreaterThan(0.9);
        finding.Explanation.ShouldContain("'column'");
    }

    [Fact]
    public void Judge_FieldFilledWhileWorkingTheLead_IsSuspectedWhateverItSays()
    {
        ColumnScreening found = ScreenOne(
            ColumnKind.Numeric, 0, (_, label, random) => random.NextDouble() < (label == 1 ? 0.7 : 0.35) ? random.Next(3) : float.NaN);
        found.MissingAuc.ShouldBe(0.5 + ((found.FilledRatePositives - found.FilledRateNegatives) / 2.0), 1e-12);
        LeakVerdict.Judge([found]).ShouldHaveSingleItem().Reason.ShouldBe(LeakReason.FilledStatePredicts);
        LeakVerdict.Judge([found], new LeakThresholds { MissingAuc = 1.0 }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Judge_ColumnOfOneClass_IsSuspectedThoughRare(int of)
    {
        ColumnScreening found = ScreenOne(
            ColumnKind.Numeric, 0, (_, label, random) => label == of && random.NextDouble() < 0.08 ? random.Next(100) : float.NaN);
        LeakVerdict.Judge([found]).ShouldHaveSingleItem().Reason.ShouldBe(LeakReason.FilledForOneClassOnly);
    }

    [Fact]
    public void Judge_ManyValuesOfOneClass_AreSuspected()
    {
        ColumnScreening found = ScreenOne(
            ColumnKind.Categorical, 6, (_, label, random) => random.NextDouble() < 0.3 * label ? 1 + random.Next(2) : 3 + random.Next(3));
        found.PureShare.ShouldBe(0.3, 0.06);
        LeakVerdict.Judge([found]).Select(f => f.Reason).ShouldContain(LeakReason.ValuesOfOneClassOnly);
    }

    [Fact]
    public void Judge_RareFlagSetByThePurchase_IsSuspected()
    {
        ColumnScreening found = ScreenOne(
            ColumnKind.Numeric, 0, (_, label, random) => label == 1 && random.NextDouble() < 0.13 ? 1f : 0f, rows: 20_000, positives: 0.05);
        LeakVerdict.Judge([found]).ShouldHaveSingleItem().Reason.ShouldBe(LeakReason.ValueNearlyDecides);
    }

    [Fact]
    public void Judge_CampaignThatMovesTheOddsTenfold_Passes()
    {
        ColumnScreening found = ScreenOne(
            ColumnKind.Categorical, 3, (_, label, random) => random.NextDouble() < (label == 1 ? 0.20 : 0.02) ? 1 : 2, rows: 20_000, positives: 0.05);
        LeakVerdict.Judge([found]).ShouldBeEmpty();
    }

    [Fact]
    public void Judge_OneAccountsLeadsAlone_AreNoEvidence()
    {
        // Thirty rows of the column, all converted, but all of them of one account.
        byte[] labels = [.. Enumerable.Range(0, 600).Select(i => (byte)(i < 30 || i % 4 == 0 ? 1 : 0))];
        float[] values = [.. Enumerable.Range(0, 600).Select(i => i < 30 ? 1f : float.NaN)];
        int[] groups = [.. Enumerable.Range(0, 600).Select(i => i < 30 ? 0 : i)];
        TrainingTable table = new(new FeatureTable([new FeatureColumn("column", ColumnKind.Numeric)], [values]), labels, null, groups);
        LeakVerdict.Judge(LeakScreen.Screen(table)).ShouldBeEmpty();
    }

    [Fact]
    public void Judge_FewRows_BlamesLuck()
    {
        int blamed = Enumerable.Range(0, 200).Count(seed => LeakVerdict.Judge(
            [ScreenOne(ColumnKind.Numeric, 0, (_, _, random) => random.NextDouble() < 0.5 ? float.NaN : (float)random.NextDouble(), rows: 40, seed)]).Count > 0);
        blamed.ShouldBe(0);
    }

    [Fact]
    public void Screen_OneClassOrNoRows_IsChance()
    {
        FeatureColumn column = new("column", ColumnKind.Numeric);
        LeakScreen.Screen(new TrainingTable(new FeatureTable([column], [new float[] { 1, 2, 3 }]), [0, 0, 0]))[0].Auc.ShouldBe(0.5);
        ColumnScreening empty = LeakScreen.Screen(new TrainingTable(new FeatureTable([column], [Array.Empty<float>()]), []))[0];
        LeakVerdict.Judge([empty]).ShouldBeEmpty();
    }

    private static ColumnScreening ScreenOne(
        ColumnKind kind, int cardinality, Func<int, int, Random, float> value, int rows = Rows, int seed = 1, double positives = 0.35) =>
        LeakScreen.Screen(Table(kind, cardinality, value, rows, seed, positives))[0];

    private static TrainingTable Table(ColumnKind kind, int cardinality, Func<int, int, Random, float> value, int rows = Rows, int seed = 1, double positives = 0.35)
    {
        Random random = new(seed);
        byte[] labels = [.. Enumerable.Range(0, rows).Select(_ => (byte)(random.NextDouble() < positives ? 1 : 0))];
        float[] values = [.. labels.Select((label, row) => value(row, label, random))];
        return new TrainingTable(new FeatureTable([new FeatureColumn("column", kind, cardinality)], [values]), labels);
    }
}
