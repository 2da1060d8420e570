using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Comparison;

/// <summary>
/// When one of the two has won. One measure decides, named before the figures are seen: log loss, which punishes a bad order and bad
/// probabilities alike. The winner's paired 95 % interval must leave out zero, and its order of the leads (AUC) must not be worse by more than
/// chance. A dozen measures of which the best may decide would crown somebody every time.
/// </summary>
public static class VerdictRule
{
    /// <summary>With fewer leads of either outcome than this, or leads of fewer accounts, nobody wins: an interval from so few is not to be trusted.</summary>
    public const int MinimumOfEither = 10;

    /// <summary>The verdict on differences of model minus rules.</summary>
    /// <param name="difference">Paired differences; lower log loss is better, higher AUC is better.</param>
    /// <param name="accounts">Of the same leads: <see cref="AccountsOfEither"/>.</param>
    public static Verdict Of(PairedReport difference, int accounts)
    {
        ArgumentNullException.ThrowIfNull(difference);
        if (HasTooFew(difference) || accounts < MinimumOfEither)
        {
            return Verdict.NoDifference;
        }

        if (difference.LogLoss.High < 0.0 && !(difference.Auc.High < 0.0))
        {
            return Verdict.ModelWins;
        }

        return difference.LogLoss.Low > 0.0 && !(difference.Auc.Low > 0.0) ? Verdict.RulesWin : Verdict.NoDifference;
    }

    /// <summary>Whether there are too few leads of either outcome for any verdict.</summary>
    /// <param name="difference">Paired differences.</param>
    public static bool HasTooFew(PairedReport difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return Math.Min(difference.Positives, difference.N - difference.Positives) < MinimumOfEither;
    }

    /// <summary>How many accounts the leads of that outcome have which has fewer of them: leads of one account say little more than one lead.</summary>
    /// <param name="labels">0 or 1, one for each lead.</param>
    /// <param name="groups">The account of each lead.</param>
    public static int AccountsOfEither(byte[] labels, int[] groups) =>
        new byte[] { 0, 1 }.Min(outcome => groups.Where((_, lead) => labels[lead] == outcome).Distinct().Count());
}
