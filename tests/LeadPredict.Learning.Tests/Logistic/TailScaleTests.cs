using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Logistic;

public sealed class TailScaleTests
{
    [Fact]
    public void Of_Values_AreStraightNearTheMedianAndLogarithmsBeyond()
    {
        // Median 50, quartiles 25 and 75: two quartile distances are 100.
        float[] sorted = [.. Enumerable.Range(0, 101).Select(i => (float)i)];
        var scale = new TailScale(sorted);
        scale.Of(50).ShouldBe(0, 1e-12);
        scale.Of(100).ShouldBe(0.5, 1e-12);
        scale.Of(150).ShouldBe(1, 1e-12);
        scale.Of(50 + (100 * Math.E)).ShouldBe(2, 1e-12);
        scale.Of(50 - (100 * Math.E)).ShouldBe(-2, 1e-12);
    }

    [Fact]
    public void ValueAt_PlaceOfAnyValue_IsTheValue()
    {
        var scale = new TailScale([0, 1, 1, 2, 3, 5, 8, 13, 1e9f]);
        foreach (double value in (double[])[-1e12, -3, 0, 1, 2.5, 40, 1e6, 1e12])
        {
            scale.ValueAt(scale.Of(value)).ShouldBe(value, 1e-9 * Math.Max(1, Math.Abs(value)));
        }
    }

    [Fact]
    public void Of_CountsThatAreMostlyZero_RiseWithTheCount()
    {
        float[] sorted = [.. Enumerable.Range(0, 1000).Select(i => i < 960 ? 0f : i - 959f)];
        var scale = new TailScale(sorted);
        double before = scale.Of(0);
        foreach (int count in (int[])[1, 2, 5, 10, 40])
        {
            scale.Of(count).ShouldBeGreaterThan(before);
            before = scale.Of(count);
        }
    }

    [Fact]
    public void Of_OneValueOrNone_IsFinite()
    {
        new TailScale([]).Of(7).ShouldBe(1 + Math.Log(7), 1e-12);
        new TailScale([4, 4, 4]).Of(4).ShouldBe(0);
    }

    [Fact]
    public void Find_LongTail_HasKnotsAlongItAsFarAsThereAreRows()
    {
        var random = new Random(5);
        float[] sorted = [.. Enumerable.Range(0, 4000).Select(_ => (float)Math.Exp(4 * (random.NextDouble() + random.NextDouble() + random.NextDouble()))).Order()];
        double[] knots = KnotPlacement.Find(sorted, 8, new TailScale(sorted));
        knots.ShouldBeInOrder(SortDirection.Ascending);
        knots.Length.ShouldBeGreaterThan(9, "quantiles alone have nine");
        for (int i = 1; i < knots.Length; i++)
        {
            sorted.Count(value => value >= knots[i - 1] && value < knots[i]).ShouldBeGreaterThanOrEqualTo(10);
        }
    }

    /// <summary>"Unlimited" is told by the largest number that a program has; beside it the others are one place on the scale.</summary>
    [Theory]
    [InlineData(9.223372036854775807e18f, 0.55)]
    [InlineData(3.4028233e38f, 0.5)]
    [InlineData(1e17f, 0.3)]
    public void Fit_ManyRowsOfOneHugeNumber_IsFinite(float huge, double share)
    {
        var random = new Random(4);
        float[] values = [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble() < share ? huge : 1 + random.Next(20))];
        byte[] labels = [.. values.Select(value => (byte)(random.NextDouble() < (value == huge ? 0.6 : 0.2) ? 1 : 0))];
        var table = new TrainingTable(new FeatureTable([new FeatureColumn("seats", ColumnKind.Numeric)], [values]), labels);

        ScoreModel model = new ModelTrainer().Train(table, new() { Learner = "logistic" }).Model;

        model.RawScore([huge]).ShouldBeGreaterThan(model.RawScore([5]) + 0.5);
    }

    [Fact]
    public void Find_ValuesFromTinyToHuge_AreApartOnTheScale()
    {
        var random = new Random(6);
        float[] sorted = [.. Enumerable.Range(0, 1000).Select(_ => (float)Math.Pow(10, (60 * random.NextDouble()) - 30)).Order()];
        var scale = new TailScale(sorted);
        double[] places = [.. KnotPlacement.Find(sorted, 8, scale).Select(scale.Of)];
        places.Length.ShouldBeGreaterThan(2);
        places.Zip(places.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
    }

    [Fact]
    public void Find_NoTail_HasTheQuantilesAlone()
    {
        float[] sorted = [.. Enumerable.Range(0, 1000).Select(i => (float)i)];
        KnotPlacement.Find(sorted, 8, new TailScale(sorted)).Length.ShouldBe(9);
    }

    /// <summary>A lead's odds rise with the logarithm of an amount: a straight line through the amounts would be made by the largest few.</summary>
    [Fact]
    public void Fit_OddsOfALogarithm_AreFoundAlongTheTail()
    {
        const int Rows = 3000;
        var random = new Random(3);
        double[] logs = [.. Enumerable.Range(0, Rows).Select(_ => 8 * random.NextDouble())];
        byte[] labels = [.. logs.Select(log => (byte)(random.NextDouble() < 1 / (1 + Math.Exp(3 - (0.6 * log))) ? 1 : 0))];
        var table = new TrainingTable(
            new FeatureTable(
                [new FeatureColumn("amount", ColumnKind.Numeric)],
                [[.. logs.Select(log => (float)Math.Exp(log))]]),
            labels);
        FittedScore fitted = new LogisticLearner()
            .Prepare(table, new int[Rows], new TrainerOptions(), default).Fit([.. Enumerable.Range(0, Rows)], default);
        for (double log = 1; log <= 7; log++)
        {
            fitted.RawScore([(float)Math.Exp(log)]).ShouldBe((0.6 * log) - 3, 0.45, $"e^{log}");
        }
    }

    [Fact]
    public void Design_HundredsOfColumnsWithLongTails_HasOneLineEach()
    {
        const int Columns = 400;
        var random = new Random(3);
        float[][] values = [.. Enumerable.Range(0, Columns).Select(
            _ => Enumerable.Range(0, 200).Select(_ => (float)Math.Pow(10, 10 * random.NextDouble())).ToArray())];
        var table = new FeatureTable([.. Enumerable.Range(0, Columns).Select(i => new FeatureColumn($"c{i}", ColumnKind.Numeric))], values);
        var design = new LogisticDesign(table);
        design.Size.ShouldBe(Columns + 1);
    }
}
