using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// An additive logistic model: categories, bent numeric lines and missing indicators, each column held back as hard as the rows call for
/// (see <see cref="EmpiricalBayes"/>), averaged with a plain one where there are few rows (see <see cref="StraightPart"/>), or all held back
/// alike by <see cref="TrainerOptions.LogisticL2"/>.
/// </summary>
public sealed class LogisticLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public IPreparedLearner Prepare(TrainingTable table, int[] folds, TrainerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(options);
        var fitter = new LogisticFitter(table, new LogisticDesign(table.Features), MonotoneColumns.Of(table.Features, options));
        if (options.LogisticL2 is { } ridge)
        {
            return new Prepared(fitter, (rows, stop) => fitter.Alike(rows, ridge, stop), ridge: ridge);
        }

        return folds.Max() == 0 || Math.Min(table.Positives, table.Negatives) > StraightPart.MostOfScarcer
            ? new Prepared(fitter, fitter.Found)
            : Averaged(fitter, StraightPart.Find(fitter, table, folds, cancellation));
    }

    private static Prepared Averaged(LogisticFitter fitter, StraightPart part) => new(
        fitter,
        part.Share switch
        {
            0 => fitter.Found,
            1 => (rows, stop) => fitter.Straight(rows, part.Ridge, stop),
            _ => (rows, stop) => StraightPart.Average(fitter.Found(rows, stop), fitter.Straight(rows, part.Ridge, stop), part.Share),
        },
        [.. part.WithoutFold.Select(fitter.Served)]);

    private sealed class Prepared(LogisticFitter fitter, Func<int[], CancellationToken, double[]> fit, FittedScore?[]? withoutFold = null, double? ridge = null)
        : IPreparedLearner, ICrossFitted, INoveltyJudge
    {
        public int Trees => 0;

        public FittedScore?[]? WithoutFold => withoutFold;

        public FittedScore Fit(int[] rows, CancellationToken cancellation) => fitter.Served(fit(rows, cancellation));

        public NoveltyTerms? Novelty(int[] rows, CancellationToken cancellation) => fitter.Novelty(rows, ridge, cancellation);
    }
}
