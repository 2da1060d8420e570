using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Logistic;

public sealed class RareCategoriesTests
{
    private const int RowsOfCommon = 1500;
    private const int RowsOfRare = 8;

    [Fact]
    public void ValueNeverSeen_WhereManyRareOnesConvertMore_IsTakenForOneOfThem()
    {
        FittedScore fitted = Fit(rareCodes: 40);
        double common = LogOdds.ToProbability(fitted.RawScore([1]));
        double unseen = LogOdds.ToProbability(fitted.RawScore([0]));
        common.ShouldBe(0.1, 0.03);
        unseen.ShouldBe(0.5, 0.12);
        Enumerable.Range(3, 40).Average(code => LogOdds.ToProbability(fitted.RawScore([code]))).ShouldBe(unseen, 0.1);
    }

    [Fact]
    public void ValueNeverSeen_WhereFewRareOnesConvertMore_SaysNothing()
    {
        FittedScore fitted = Fit(rareCodes: 9);
        fitted.Linear!.Terms[0].ShouldBeOfType<CategoricalTerm>().Coefficients[0].ShouldBe(0);
        Enumerable.Range(3, 9).Average(code => fitted.RawScore([code])).ShouldBeGreaterThan(fitted.RawScore([0]) + 0.3);
    }

    /// <summary>Codes 1 and 2 are common, one row in ten converts; of the rare ones every second does; code 0 is for values that no row has.</summary>
    private static FittedScore Fit(int rareCodes)
    {
        int rows = (2 * RowsOfCommon) + (rareCodes * RowsOfRare);
        float[] codes = [.. Enumerable.Range(0, rows).Select(row => row < 2 * RowsOfCommon ? 1 + (row % 2) : 3 + (row % rareCodes))];
        var random = new Random(7);
        byte[] labels = [.. codes.Select(code => (byte)(random.NextDouble() < (code < 3 ? 0.1 : 0.5) ? 1 : 0))];
        var table = new TrainingTable(new FeatureTable([new("page", ColumnKind.Categorical, 3 + rareCodes, HasOther: true)], [codes]), labels);
        return new LogisticLearner().Prepare(table, new int[rows], new TrainerOptions(), default).Fit([.. Enumerable.Range(0, rows)], default);
    }
}
