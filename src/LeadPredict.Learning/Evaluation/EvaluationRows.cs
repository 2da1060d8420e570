namespace LeadPredict.Learning.Evaluation;

/// <summary>The checks of rows to evaluate.</summary>
internal static class EvaluationRows
{
    public static void CheckProbabilities(ReadOnlySpan<double> probabilities, int expected, string name)
    {
        CheckLength(probabilities.Length, expected, name);
        for (int row = 0; row < probabilities.Length; row++)
        {
            if (!(probabilities[row] >= 0.0 && probabilities[row] <= 1.0))
            {
                throw new ArgumentException(FormattableString.Invariant($"Row {row} has probability {probabilities[row]:R}; expected a number from 0 to 1."), name);
            }
        }
    }

    public static void CheckScores(ReadOnlySpan<double> scores, int expected, string name)
    {
        CheckLength(scores.Length, expected, name);
        for (int row = 0; row < scores.Length; row++)
        {
            if (double.IsNaN(scores[row]))
            {
                throw new ArgumentException(FormattableString.Invariant($"Row {row} has no score (NaN); expected a number for each row."), name);
            }
        }
    }

    public static void CheckLabels(ReadOnlySpan<byte> labels)
    {
        if (labels.Length == 0)
        {
            throw new ArgumentException("There are no rows to evaluate; expected at least one.", nameof(labels));
        }

        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] > 1)
            {
                throw new ArgumentException(FormattableString.Invariant($"Row {row} has label {labels[row]}; expected 0 or 1."), nameof(labels));
            }
        }
    }

    /// <summary>Zero stands for each row its own group.</summary>
    public static void CheckGroups(ReadOnlySpan<int> groups, int expected)
    {
        if (groups.Length != 0)
        {
            CheckLength(groups.Length, expected, nameof(groups));
        }
    }

    private static void CheckLength(int found, int expected, string name)
    {
        if (found != expected)
        {
            throw new ArgumentException(FormattableString.Invariant($"Got {found} {name} for {expected} labels; expected one for each label."), name);
        }
    }
}
