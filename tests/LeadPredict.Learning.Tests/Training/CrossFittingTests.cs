using LeadPredict.Learning.Logistic;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Tests.Trees;
using LeadPredict.Learning.Training;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Training;

/// <summary>Several dealings of the rows to folds, averaged.</summary>
public sealed class CrossFittingTests
{
    private static readonly TrainingTable Table = PlantedRows.Draw(400, 3, PlantedRows.Curved);

    [Fact]
    public void FinalFits_OfSeveralLogisticModels_IsTheMeanOfThem()
    {
        CrossFitting[] fittings = [.. Enumerable.Range(1, 3).Select(seed => CrossFitting.Of([new LogisticLearner()], Table, new() { Seed = seed }, null, default))];
        FinalFits[] each = [.. fittings.Select(fitting => FinalFits.Of([fitting], Table, null, default))];

        FinalFits all = FinalFits.Of(fittings, Table, null, default);

        ScoreOf(all, 0).ShouldNotBe(ScoreOf(each[0], 0), "the dealings chose the same; the test needs another table");
        for (int row = 0; row < Table.RowCount; row++)
        {
            ScoreOf(all, row).ShouldBe(each.Average(one => ScoreOf(one, row)), 1e-9);
        }
    }

    [Fact]
    public void FinalFits_OfTreesThatSomeDealingsHave_GrowsThemOnceAtTheMeanWeight()
    {
        CrossFitting fitting = CrossFitting.Of([new LogisticLearner(), new TreeLearner()], Table, new() { Trees = 10 }, null, default);
        fitting.Parts.Select(part => part.Name).ShouldBe(["logistic", "trees on the rest", "trees"]);
        CrossFitting[] fittings = [.. new double[][] { [1, 0.5, 0], [0.8, 0, 0.3], [1.2, 0.25, 0] }.Select(weights => fitting with { Blend = new(0.1, weights) })];

        FinalFits all = FinalFits.Of(fittings, Table, null, default);

        all.Scores.Where(part => part.Fit.Trees is null).Select(part => Math.Round(3 * part.Weight, 12)).ShouldBe([1, 0.8, 1.2]);
        all.Scores.Where(part => part.Fit.Trees is not null).Select(part => (part.Fit.Trees!.TreeCount, Math.Round(part.Weight, 12))).ShouldBe([(10, 0.25), (10, 0.1)]);
        all.Intercept.ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void FinalFits_OfALogisticModelThatTheFirstDealingLeavesOut_KnowsWhatIsNovel()
    {
        CrossFitting fitting = CrossFitting.Of([new LogisticLearner(), new TreeLearner()], Table, new() { Trees = 10 }, null, default);
        CrossFitting Weighted(params double[] weights) => fitting with { Blend = new(0, weights) };

        FinalFits.Of([Weighted(0, 0, 1)], Table, null, default).Novelty.ShouldBeNull();
        FinalFits.Of([Weighted(0, 0, 1), Weighted(0.9, 0, 0)], Table, null, default).Novelty.ShouldNotBeNull();
    }

    [Fact]
    public void JoinedTerms_OfRandomRows_ScoreTheWeightedSum()
    {
        LinearTerms first = Terms(1), second = Terms(2);
        LinearTerms joined = JoinedTerms.Of([(first, 0.25), (second, 2)]);
        joined.Mean.ShouldBe((0.25 * first.Mean) + (2 * second.Mean), 1e-12);
        var random = new Random(4);
        for (int i = 0; i < 500; i++)
        {
            float[] row = [random.Next(10) == 0 ? float.NaN : random.NextSingle() * 8, random.Next(10) == 0 ? float.NaN : random.Next(5)];
            joined.Score(row).ShouldBe((0.25 * first.Score(row)) + (2 * second.Score(row)), 1e-12);
        }

        static LinearTerms Terms(int seed)
        {
            var draw = new Random(seed);
            return new([
                new NumericTerm([1, 3, 5], [draw.NextDouble(), draw.NextDouble(), draw.NextDouble()], draw.NextDouble(), draw.NextDouble()),
                new CategoricalTerm([draw.NextDouble(), draw.NextDouble(), draw.NextDouble()], draw.NextDouble(), draw.NextDouble()),
            ]);
        }
    }

    private static double ScoreOf(FinalFits fits, int row)
    {
        var values = new float[Table.Features.Columns.Count];
        Table.Features.CopyRow(row, values);
        return fits.Intercept + fits.Scores.Sum(part => part.Weight * part.Fit.RawScore(values));
    }
}
