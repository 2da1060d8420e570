using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>A way to learn a score: the seam where other learners are added.</summary>
/// <remarks>A score adds to the rows' offsets where the table has them. Stateless; the same table, options and folds give the same scores.</remarks>
public interface ILearner
{
    /// <summary>The name that <see cref="TrainerOptions.Learner"/> selects it by.</summary>
    string Name { get; }

    /// <summary>Gets ready for one table: bins, penalties, the number of trees.</summary>
    /// <param name="table">All rows, in time order.</param>
    /// <param name="folds">The fold of each row, 0 up; rows of one group share a fold.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="cancellation">Stops the work.</param>
    IPreparedLearner Prepare(TrainingTable table, int[] folds, TrainerOptions options, CancellationToken cancellation);
}

/// <summary>A learner that has looked at a table and can be fitted to any of its rows.</summary>
/// <remarks>Safe to use from many threads.</remarks>
public interface IPreparedLearner
{
    /// <summary>The number of trees a fit will have; 0 for a learner without trees.</summary>
    int Trees { get; }

    /// <summary>Fits the rows named.</summary>
    /// <param name="rows">Rows of the prepared table, in increasing order; not changed.</param>
    /// <param name="cancellation">Stops the work.</param>
    FittedScore Fit(int[] rows, CancellationToken cancellation);
}

/// <summary>A prepared learner that had to fit folds to get ready.</summary>
internal interface ICrossFitted
{
    /// <summary>For each fold what a fit to the rows outside it gives; null where that was not asked for.</summary>
    FittedScore?[]? WithoutFold { get; }
}

/// <summary>A prepared learner that knows what its scores are worth for rows unlike those that it learnt from.</summary>
internal interface INoveltyJudge
{
    /// <summary>How much more than usual a row's score may be off; null where nothing is novel.</summary>
    /// <param name="rows">Those learnt from.</param>
    /// <param name="cancellation">Stops the work.</param>
    NoveltyTerms? Novelty(int[] rows, CancellationToken cancellation);
}
