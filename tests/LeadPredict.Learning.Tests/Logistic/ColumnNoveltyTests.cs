using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Logistic;

public sealed class ColumnNoveltyTests
{
    private const double Ridge = 4;

    [Fact]
    public void Categories_OneColumn_HaveTheVarianceReckonedByHand()
    {
        // Code 0 is for other values, of which there were none; code 4 occurs once and so has no coefficient of its own.
        float[] codes = [.. Codes((1, 300), (2, 60), (3, 4), (4, 1))];
        byte[] labels = [.. codes.Select((_, i) => (byte)(i % 5 == 0 ? 1 : 0))];
        var table = new TrainingTable(new FeatureTable([new("c", ColumnKind.Categorical, 5, HasOther: true)], [codes]), labels);
        NoveltyTerms novelty = Novelty(table, Ridge).ShouldNotBeNull();
        FittedScore fitted = Prepare(table, Ridge).Fit([.. Enumerable.Range(0, codes.Length)], default);

        double[] information = new double[5];
        foreach (float code in codes)
        {
            double p = LogOdds.ToProbability(fitted.RawScore([code]));
            information[(int)code] += p * (1 - p);
        }

        double Variance(int code) => code is 0 or 4 ? 1 / Ridge : 1 / (Ridge + information[code]);
        double usual = codes.Average(code => Variance((int)code));
        for (int code = 0; code < 5; code++)
        {
            novelty.Variance([code]).ShouldBe(Math.Max(0, Variance(code) - usual), 1e-3, $"code {code}");
        }

        novelty.Variance([1]).ShouldBe(0);
        novelty.Variance([float.NaN]).ShouldBe((1 / Ridge) - usual, 1e-6, "nothing was missing among the rows");
    }

    [Fact]
    public void Number_OneColumn_HasTheVarianceReckonedByHand()
    {
        // Two values: one line between two knots, of no bend, two standard deviations long.
        float[] x = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 3f : 5f)];
        byte[] labels = [.. x.Select((_, i) => (byte)(i % 7 == 0 ? 1 : 0))];
        var table = new TrainingTable(new FeatureTable([new("x", ColumnKind.Numeric)], [x]), labels);
        FittedScore fitted = Prepare(table, Ridge).Fit([.. Enumerable.Range(0, x.Length)], default);
        double information = x.Sum(value => LogOdds.ToProbability(fitted.RawScore([value])) * LogOdds.ToProbability(-fitted.RawScore([value])));
        double uncertain = (1 / (Ridge + information)) + HiddenSignal.Variance(information, 1);

        NoveltyTerms novelty = Novelty(table, Ridge).ShouldNotBeNull();
        foreach ((float value, double distance) in (ReadOnlySpan<(float, double)>)[(7, 2), (6, 1), (5.5f, 0.5), (2, 1), (1, 2), (-50, 2), (5, 0), (4, 0)])
        {
            novelty.Variance([value]).ShouldBe((distance * distance / Ridge) + (2 * distance * uncertain), 1e-5, $"{value}");
        }
    }

    [Fact]
    public void Numbers_BeyondTheRows_WidenWithTheDistanceAndNoMoreBeyondAsMuchAgain()
    {
        var random = new Random(2);
        float[] x = [.. Enumerable.Range(0, 2000).Select(_ => (float)(random.NextDouble() * 10))];
        NoveltyTerms novelty = Novelty(Table(x, value => (0.5 * value) - 3, random)).ShouldNotBeNull();
        foreach (float value in (float[])[0.1f, 3, 5, 9.9f])
        {
            novelty.Variance([value]).ShouldBe(0);
        }

        double last = 0;
        foreach (float value in (float[])[11, 12, 14, 17, 19.5f])
        {
            double variance = novelty.Variance([value]);
            variance.ShouldBeGreaterThan(last);
            last = variance;
        }

        // The planted slope is 1.44 a standard deviation; the line might go on so for 5 of them, or not at all.
        novelty.Variance([19.5f]).ShouldBeInRange(10, 60);
        novelty.Variance([1e30f]).ShouldBe(novelty.Variance([25]));
        novelty.Variance([-15]).ShouldBeGreaterThan(1);
        novelty.Variance([float.NaN]).ShouldBeGreaterThan(0, "nothing was missing among the rows");
    }

    [Fact]
    public void Missing_WhereRowsHadItMissing_IsNothingNew()
    {
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, 2000).Select(i => i % 4 == 0 ? float.NaN : (float)random.NextDouble())];
        NoveltyTerms novelty = Novelty(Table(x, value => float.IsNaN(value) ? 0 : (4 * value) - 3, random)).ShouldNotBeNull();
        novelty.Variance([float.NaN]).ShouldBeLessThan(0.02);
        novelty.Variance([1.9f]).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Column_ThatSaysNothing_IsNothingNewAnywhere()
    {
        var random = new Random(4);
        float[] noise = [.. Enumerable.Range(0, 20_000).Select(_ => (float)random.NextDouble())];
        (Novelty(Table(noise, _ => -1, random))?.Variance([2]) ?? 0).ShouldBeLessThan(0.05);
        Novelty(Table([.. noise.Select(_ => 7f)], _ => -1, random)).ShouldBeNull("a column that never varied has no scale");
    }

    [Fact]
    public void Information_FewerRows_LeavesMoreOpen()
    {
        var random = new Random(5);
        double Open(int rows) => Novelty(
            Table([.. Enumerable.Range(0, rows).Select(_ => (float)random.NextDouble())], value => value, random), Ridge).ShouldNotBeNull().Variance([1.2f]);
        Open(200).ShouldBeGreaterThan(Open(4000));
    }

    private static IEnumerable<float> Codes(params (int Code, int Count)[] codes) => codes.SelectMany(code => Enumerable.Repeat((float)code.Code, code.Count));

    private static TrainingTable Table(float[] x, Func<float, double> score, Random random) => new(
        new FeatureTable([new("x", ColumnKind.Numeric)], [x]),
        [.. x.Select(value => (byte)(random.NextDouble() < LogOdds.ToProbability(score(value)) ? 1 : 0))]);

    private static NoveltyTerms? Novelty(TrainingTable table, double? ridge = null) =>
        Prepare(table, ridge).ShouldBeAssignableTo<INoveltyJudge>()!.Novelty([.. Enumerable.Range(0, table.RowCount)], default);

    private static IPreparedLearner Prepare(TrainingTable table, double? ridge) =>
        new LogisticLearner().Prepare(table, new int[table.RowCount], new TrainerOptions { LogisticL2 = ridge }, default);
}
