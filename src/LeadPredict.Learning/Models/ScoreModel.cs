using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Models;

/// <summary>
/// The one form of every model that serves: <c>raw = intercept + treeWeight * trees(x) + linearWeight * linear(x)</c> in log-odds, then a
/// calibration that turns it into a probability, and an interval around that.
/// </summary>
/// <remarks>Immutable and safe to use from many threads; scoring allocates nothing.</remarks>
public sealed class ScoreModel
{
    /// <summary>Checks that the parts fit together and keeps them.</summary>
    /// <param name="columns">What a row holds, in order.</param>
    /// <param name="trees">The trees, or null.</param>
    /// <param name="linear">The linear terms, or null.</param>
    /// <param name="treeWeight">Weight of the trees, finite.</param>
    /// <param name="linearWeight">Weight of the linear terms, finite.</param>
    /// <param name="intercept">In log-odds, finite.</param>
    /// <param name="calibration">From raw score to probability.</param>
    /// <param name="intervals">The interval over the raw score; <see cref="IntervalTable.Unknown"/> when there is none.</param>
    /// <param name="novelty">What widens it for rows unlike those learnt from, or null.</param>
    /// <exception cref="TableShapeException">The columns are not well defined.</exception>
    /// <exception cref="ModelShapeException">The parts do not fit the columns, or a score could be infinite.</exception>
    public ScoreModel(
        IReadOnlyList<FeatureColumn> columns,
        TreeEnsemble? trees,
        LinearTerms? linear,
        double treeWeight,
        double linearWeight,
        double intercept,
        CalibrationCurve calibration,
        IntervalTable intervals,
        NoveltyTerms? novelty = null)
    {
        FeatureColumn.Check(columns);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(intervals);
        trees?.CheckColumns(columns);
        linear?.CheckColumns(columns);
        novelty?.CheckColumns(columns);
        Columns = [.. columns];
        Trees = trees;
        Linear = linear;
        TreeWeight = ModelShapeException.Finite("TreeWeight", treeWeight);
        LinearWeight = ModelShapeException.Finite("LinearWeight", linearWeight);
        Intercept = ModelShapeException.Finite("Intercept", intercept);
        Calibration = calibration;
        Intervals = intervals;
        Novelty = novelty;
        ModelShapeException.Finite(
            "largest possible score",
            Math.Abs(intercept) + Math.Abs(treeWeight * (trees?.Bound ?? 0)) + Math.Abs(linearWeight * (linear?.Bound ?? 0)));
    }

    /// <summary>What a row holds, in order.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>The trees, or null.</summary>
    public TreeEnsemble? Trees { get; }

    /// <summary>The linear terms, or null.</summary>
    public LinearTerms? Linear { get; }

    /// <summary>Weight of the trees.</summary>
    public double TreeWeight { get; }

    /// <summary>Weight of the linear terms.</summary>
    public double LinearWeight { get; }

    /// <summary>In log-odds.</summary>
    public double Intercept { get; }

    /// <summary>From raw score to probability.</summary>
    public CalibrationCurve Calibration { get; }

    /// <summary>The interval over the raw score.</summary>
    public IntervalTable Intervals { get; }

    /// <summary>What widens the interval for rows unlike those learnt from, or null.</summary>
    public NoveltyTerms? Novelty { get; }

    /// <summary>The score of a row before calibration, in log-odds; always finite.</summary>
    /// <param name="row">One value a column, in the order of <see cref="Columns"/>; NaN is missing.</param>
    /// <exception cref="ArgumentException">The row has not as many values as there are columns.</exception>
    public double RawScore(ReadOnlySpan<float> row)
    {
        CheckRow(row);
        return Sum(Trees?.Score(row), Linear?.Score(row));
    }

    /// <summary>The same bits, sooner where much of the row is as in the row before.</summary>
    /// <param name="row">As above.</param>
    /// <param name="memory">Of this model.</param>
    /// <exception cref="ArgumentException">The row has not as many values as there are columns.</exception>
    public double RawScore(ReadOnlySpan<float> row, TermMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        CheckRow(row);
        return Sum(Trees?.Score(row), Linear?.Score(row, memory));
    }

    /// <summary>Scores many rows on all processors; each score has the bits that <see cref="RawScore(ReadOnlySpan{float})"/> gives.</summary>
    /// <param name="rows">Row after row, one value a column each.</param>
    /// <param name="scores">Overwritten, one a row.</param>
    /// <exception cref="ArgumentException">There are not as many values as scores and columns ask for.</exception>
    public void RawScores(ReadOnlyMemory<float> rows, Memory<double> scores)
    {
        int width = Columns.Count;
        if (rows.Length != (long)scores.Length * width)
        {
            throw new ArgumentException($"Found {rows.Length} values; expected {scores.Length} rows of {width}.", nameof(rows));
        }

        const int AtOnce = 1024;
        Parallel.For(0, (scores.Length + AtOnce - 1) / AtOnce, chunk =>
        {
            Span<double> to = scores.Span;
            ReadOnlySpan<float> from = rows.Span;
            for (int row = chunk * AtOnce; row < Math.Min(to.Length, (chunk + 1) * AtOnce); row++)
            {
                to[row] = RawScore(from.Slice(row * width, width));
            }
        });
    }

    /// <summary>The calibrated probability of a raw score, 0 to 1.</summary>
    public double Probability(double rawScore) => Calibration.Probability(rawScore);

    /// <summary>
    /// The interval of a row, which contains <see cref="Probability"/>: that of its raw score, each end moved away from the probability by the
    /// row's novelty, as errors in log-odds that are independent of one another, so that squares add up.
    /// </summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    /// <param name="rawScore">The row's raw score.</param>
    /// <param name="probability">Its <see cref="Probability"/>.</param>
    /// <exception cref="ArgumentException">The row has not as many values as there are columns.</exception>
    public ProbabilityInterval Interval(ReadOnlySpan<float> row, double rawScore, double probability)
    {
        CheckRow(row);
        return IntervalWidth.Widen(Intervals.At(rawScore), probability, Novelty?.Variance(row) ?? 0);
    }

    /// <summary>The column whose value most makes a row's <see cref="Interval(ReadOnlySpan{float}, double, double)"/>, if it is wide, much wider than that of its score; else -1.</summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    /// <param name="probability">Its <see cref="Probability"/>.</param>
    /// <param name="interval">Its interval.</param>
    /// <exception cref="ArgumentException">The row has not as many values as there are columns.</exception>
    public int MostNovel(ReadOnlySpan<float> row, double probability, ProbabilityInterval interval)
    {
        CheckRow(row);

        // Most rows end at the first look, which costs nothing.
        return IntervalWidth.IsWide(interval) && Novelty is { } novelty
            && IntervalWidth.IsMuchWider(interval, probability, novelty.Variance(row, out int most)) ? most : -1;
    }

    /// <summary>The interval of a row with this raw score whose values were all well known in training.</summary>
    /// <param name="rawScore">The raw score.</param>
    public ProbabilityInterval Interval(double rawScore) => IntervalWidth.Widen(Intervals.At(rawScore), Probability(rawScore), 0);

    /// <summary>
    /// Splits the raw score among the columns: <c>returned base + sum of contributions == RawScore(row)</c> within 1e-9 of its size. Trees by
    /// the exact values of path-dependent TreeSHAP (Lundberg, Erion and Lee, "Consistent individualized feature attribution for tree
    /// ensembles", 2018), linear terms by their distance from their training average.
    /// </summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    /// <param name="contributions">Overwritten: one a column, in log-odds before calibration.</param>
    /// <returns>The base: the mean raw score in training.</returns>
    /// <exception cref="ArgumentException">The row or the contributions have not as many places as there are columns.</exception>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions) => Split(row, contributions, null);

    /// <inheritdoc cref="Explain(ReadOnlySpan{float}, Span{double})"/>
    /// <param name="row">One value a column; NaN is missing.</param>
    /// <param name="contributions">Overwritten: one a column, in log-odds before calibration.</param>
    /// <param name="memory">Of this model.</param>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions, TermMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return Split(row, contributions, memory);
    }

    private double Split(ReadOnlySpan<float> row, Span<double> contributions, TermMemory? memory)
    {
        CheckRow(row);
        if (contributions.Length != Columns.Count)
        {
            throw new ArgumentException($"Found {contributions.Length} places for contributions; expected {Columns.Count}, one a column.", nameof(contributions));
        }

        contributions.Clear();
        double start = Intercept;
        if (Trees is not null)
        {
            Trees.Explain(row, TreeWeight, contributions);
            start += TreeWeight * Trees.Mean;
        }

        if (Linear is not null)
        {
            start += LinearWeight * Linear.Mean;
            Linear.Explain(row, LinearWeight, contributions, memory);
        }

        return start;
    }

    private double Sum(double? trees, double? linear)
    {
        double raw = Intercept;
        if (trees is { } ofTrees)
        {
            raw += TreeWeight * ofTrees;
        }

        if (linear is { } ofTerms)
        {
            raw += LinearWeight * ofTerms;
        }

        return raw;
    }

    private void CheckRow(ReadOnlySpan<float> row)
    {
        if (row.Length != Columns.Count)
        {
            throw new ArgumentException($"Found {row.Length} values in the row; expected {Columns.Count}, one a column.", nameof(row));
        }
    }
}
