using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Tests.Training;

/// <summary>Leads that are looked at when they are handed over and three times while they wait, when hardly any converts any more.</summary>
public sealed class SituationTests
{
    private const int Noise = 12;
    private const int Days = Noise + 1;
    private const double LaterRate = 0.01;

    [Fact]
    public void Train_RowsOfOtherCircumstances_GetTheirOwnRate()
    {
        TrainingTable plain = Draw(400, 1, LaterRate);
        TrainingTable fresh = Draw(5000, 2, LaterRate);
        ScoreModel without = new ModelTrainer().Train(plain, new()).Model;
        ScoreModel with = new ModelTrainer().Train(Parted(plain), new()).Model;
        bool[] later = Later(fresh);
        Mean(with, fresh, later).ShouldBeInRange(0.5 * LaterRate, 3 * LaterRate);
        Mean(without, fresh, later).ShouldBeGreaterThan(4 * LaterRate);
        Loss(with, fresh, later).ShouldBeLessThan(Loss(without, fresh, later));
        bool[] usual = [.. later.Select(other => !other)];
        Loss(with, fresh, usual).ShouldBeLessThan(Loss(without, fresh, usual) + 0.001);
    }

    [Fact]
    public void Of_UsualRows_AreNotToldApart()
    {
        // Among the usual rows those of more than a third of a day never convert: for the other parts to learn, not for this one.
        TrainingTable table = Parted(Draw(700, 3, LaterRate, lateOnesConvert: false));
        var scores = new double[table.RowCount];
        StackPart part = SituationPart.Of(scores, table, Folds(table), new(), null, default)!;
        FittedScore all = part.Learner.Fit([.. Enumerable.Range(0, table.RowCount)], default);
        double Score(float days) => all.RawScore([.. new float[Days], days]);
        Score(0.05f).ShouldBe(Score(0.45f));
        Score(40).ShouldBeLessThan(Score(0.45f) - 1);
    }

    [Fact]
    public void Of_CircumstancesThatTellNothingMore_AreSeldomAPart()
    {
        int parts = Enumerable.Range(10, 30).Count(seed =>
        {
            TrainingTable table = Parted(Draw(300, seed, laterRate: null));
            double[] truth = [.. Enumerable.Range(0, table.RowCount).Select(row => Truth(table.Features.Column(0)[row]))];
            return SituationPart.Of(truth, table, Folds(table), new(), null, default) is not null;
        });
        parts.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public void Train_AllRowsUsual_IsAsWithoutASituation()
    {
        TrainingTable plain = Draw(100, 4, LaterRate);
        TrainingTable usual = plain.WithSituation(new([Days], [.. Enumerable.Repeat(true, plain.RowCount)]));
        new ModelTrainer().Train(usual, new()).OutOfFoldRaw.ShouldBe(new ModelTrainer().Train(plain, new()).OutOfFoldRaw);
    }

    [Fact]
    public void Train_WithADirection_HoldsIt()
    {
        TrainingTable table = Parted(Draw(300, 5, LaterRate));
        var options = new TrainerOptions();
        ScoreModel held = new ModelTrainer().Train(table, options with { Monotone = options.Monotone.Add("DAYS", MonotoneDirection.Increasing) }).Model;
        double last = double.NegativeInfinity;
        for (float days = 0; days < 70; days += 0.5f)
        {
            double score = held.RawScore([.. new float[Days], days]);
            score.ShouldBeGreaterThanOrEqualTo(last - 1e-9);
            last = score;
        }
    }

    [Fact]
    public void WithSituation_WhatDoesNotFit_IsRefused()
    {
        TrainingTable table = Draw(5, 6, LaterRate);
        Should.Throw<TableShapeException>(() => table.WithSituation(new([Days], [true]))).Message.ShouldBe("Found 1 words on what is usual for 20 rows; expected one a row.");
        Should.Throw<TableShapeException>(() => table.WithSituation(new([Days + 1], new bool[20]))).Message.ShouldBe("The situation names column 14; expected one from 0 to 13.");
    }

    [Fact]
    public void Select_OfATableWithASituation_KeepsItByRow()
    {
        TrainingTable table = Parted(Draw(5, 7, LaterRate));
        table.WithOffsets(new double[20]).Select([0, 7, 15]).Situation!.Usual.ShouldBe([true, false, false]);
        table.Select([3, 5]).Situation!.Columns.ShouldBe([Days]);
    }

    /// <summary>Rows in time order: all hand-overs, then all first looks back, and so on.</summary>
    private static TrainingTable Draw(int leads, int seed, double? laterRate, bool lateOnesConvert = true)
    {
        var random = new Random(seed);
        int rows = 4 * leads;
        float[][] values = [.. Enumerable.Range(0, Days + 1).Select(_ => new float[rows])];
        var labels = new byte[rows];
        for (int row = 0; row < rows; row++)
        {
            int look = row / leads;
            for (int column = 0; column < Days; column++)
            {
                values[column][row] = look == 0 ? (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) : values[column][row % leads];
            }

            values[Days][row] = look == 0 ? random.NextSingle() / 2 : (20 * look) + random.NextSingle();
            double p = look > 0 && laterRate is { } rate ? rate
                : look == 0 && !lateOnesConvert && values[Days][row] > 0.33f ? 0
                : 1 / (1 + Math.Exp(-Truth(values[0][row])));
            labels[row] = (byte)(random.NextDouble() < p ? 1 : 0);
        }

        FeatureColumn[] columns = [.. Enumerable.Range(0, Days).Select(column => new FeatureColumn($"x{column}", ColumnKind.Numeric)), new FeatureColumn("days", ColumnKind.Numeric)];
        return new(
            new FeatureTable(columns, values, rows),
            labels,
            [.. Enumerable.Range(0, rows).Select(row => row < leads ? 1f : 0.03f)],
            [.. Enumerable.Range(0, rows).Select(row => row % leads)]);
    }

    private static double Truth(float value) => value - 0.7;

    private static bool[] Later(TrainingTable table) => [.. table.Weights.Select(weight => weight < 1)];

    private static TrainingTable Parted(TrainingTable table) => table.WithSituation(new([Days], [.. Later(table).Select(later => !later)]));

    private static int[] Folds(TrainingTable table) => GroupFolds.Assign(table.Groups, table.Labels, 5, 0);

    private static double Mean(ScoreModel model, TrainingTable table, bool[] chosen) => Over(table, chosen, (row, _) => model.Probability(model.RawScore(row)));

    private static double Loss(ScoreModel model, TrainingTable table, bool[] chosen) => Over(table, chosen, (row, label) =>
    {
        double p = model.Probability(model.RawScore(row));
        return -Math.Log(label == 1 ? p : 1 - p);
    });

    private static double Over(TrainingTable table, bool[] chosen, Func<float[], byte, double> of)
    {
        var row = new float[table.Features.Columns.Count];
        return Enumerable.Range(0, table.RowCount).Where(index => chosen[index]).Average(index =>
        {
            table.Features.CopyRow(index, row);
            return of(row, table.Labels[index]);
        });
    }
}
