using System.Collections.Immutable;
using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Training;

/// <summary>How a model is trained. What is left null is found from the rows.</summary>
/// <remarks>Every range is checked by <see cref="Check()"/>, which <see cref="ModelTrainer"/> calls first.</remarks>
public sealed record TrainerOptions
{
    /// <summary>The learner's name: "trees", "logistic", "stack" (both, alone and one after the other, combined out of fold) or one registered. Default "stack".</summary>
    public string Learner { get; init; } = StackName;

    /// <summary>Exactly this many trees, 1 to 10,000, without early stopping; null (default) finds the number out of fold, and on the latest rows where the market moves.</summary>
    public int? Trees { get; init; }

    /// <summary>Most leaves of a tree, 2 to 512; null (default) is 31 from 50,000 rows on, below that 8 or, where trees learn alone and the number of trees is found, the better of 8 and 31 out of fold.</summary>
    public int? Leaves { get; init; }

    /// <summary>How much of each tree is taken, 0.001 to 1; null (default) is 0.05, and 0.03 for what the logistic model leaves. Smaller needs more trees.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Fewest training rows in a leaf, 1 to 1,000,000. Default 20.</summary>
    public int MinLeafSamples { get; init; } = 20;

    /// <summary>Shrinks leaf values toward 0: added to a leaf's sum of second derivatives, 0 to 1,000,000. Default 1.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>
    /// Share of the rows each tree sees, 0.01 to 1; null (default) shares the rows out between every two trees that follow one another from 100,000
    /// rows on, and below that is 0.8 where the number of trees is found or another model went before, else 1.
    /// </summary>
    public double? RowShare { get; init; }

    /// <summary>Share of the columns each tree sees, 0.01 to 1; null (default) is 0.8 where the number of trees is found or another model went before, else 1.</summary>
    public double? ColumnShare { get; init; }

    /// <summary>Most trees when stopping early, 1 to 10,000. Default 1,000. Without effect when <see cref="Trees"/> is set.</summary>
    public int MaxTrees { get; init; } = 1000;

    /// <summary>Early stopping ends after this many trees without a better loss, 1 to 10,000. Default 50.</summary>
    public int Patience { get; init; } = 50;

    /// <summary>Ridge penalty of the logistic model, 0.000001 to 1,000,000; one for all columns; null (default) finds one for each column from the rows.</summary>
    public double? LogisticL2 { get; init; }

    /// <summary>
    /// Numeric columns, by name (in any case where none has it exactly), as which grow the score may move only one way, whatever the other columns say. Default: none. The rows are
    /// followed as far as that allows; name what is known for certain. Not every registered learner heeds it; the built-in ones do.
    /// </summary>
    public ImmutableSortedDictionary<string, MonotoneDirection> Monotone { get; init; } = FreeColumns;

    /// <summary>How raw scores become probabilities. Default <see cref="CalibrationMethod.Auto"/>: chosen out of fold.</summary>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Auto;

    /// <summary>Decides folds and draws; any number. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Folds of the out-of-fold predictions, 2 to 20. Default 5; fewer when there are fewer groups.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>
    /// Fits the learner once, to all rows, and nothing else: no out-of-fold scores, hence no figures and an unknown interval. Default false.
    /// Needs one learner, not the stack, and <see cref="CalibrationMethod.None"/>.
    /// </summary>
    public bool SingleFit { get; init; }

    internal const string StackName = "stack";

    internal static ImmutableSortedDictionary<string, MonotoneDirection> FreeColumns { get; } =
        ImmutableSortedDictionary.Create<string, MonotoneDirection>(StringComparer.Ordinal);

    /// <summary>Checks every option against its range.</summary>
    /// <exception cref="TrainerOptionException">An option is outside its range; the first such is named.</exception>
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Learner))
        {
            throw new TrainerOptionException(nameof(Learner), "empty", "the name of a learner");
        }

        Check(nameof(Trees), Trees, 1, 10_000);
        Check(nameof(Leaves), Leaves, 2, 512);
        Check(nameof(LearningRate), LearningRate, 0.001, 1);
        Check(nameof(MinLeafSamples), MinLeafSamples, 1, 1_000_000);
        Check(nameof(L2), L2, 0, 1_000_000);
        Check(nameof(RowShare), RowShare, 0.01, 1);
        Check(nameof(ColumnShare), ColumnShare, 0.01, 1);
        Check(nameof(MaxTrees), MaxTrees, 1, 10_000);
        Check(nameof(Patience), Patience, 1, 10_000);
        Check(nameof(LogisticL2), LogisticL2, 0.000001, 1_000_000);
        Check(nameof(Folds), Folds, 2, 20);
        if (!Enum.IsDefined(Calibration))
        {
            throw new TrainerOptionException(nameof(Calibration), Calibration.ToString(), string.Join(", ", Enum.GetNames<CalibrationMethod>()));
        }

        CheckSingleFit();
    }

    private void CheckSingleFit()
    {
        if (SingleFit && (Learner == StackName || Calibration != CalibrationMethod.None))
        {
            throw new TrainerOptionException(
                nameof(SingleFit), $"true with learner '{Learner}' and calibration {Calibration}", "false, or one learner without calibration: both are fitted to out-of-fold scores");
        }
    }

    private static void Check(string option, double? value, double least, double most)
    {
        if (value is { } found && !(found >= least && found <= most))
        {
            throw new TrainerOptionException(
                option, FormattableString.Invariant($"{found}"), FormattableString.Invariant($"a number from {least} to {most}"));
        }
    }
}
