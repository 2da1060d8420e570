namespace LeadPredict.Funnel.Leads;

/// <summary>
/// What a deal was worth is corrected by a further outcome, named after the one that it corrects with <see cref="Suffix"/>, and again after that one: rows are
/// never changed. The deal stays one, with the amount and currency of the last correction.
/// </summary>
public static class CorrectedAmounts
{
    /// <summary>What the identifier of a correction has after that of the outcome that it corrects.</summary>
    public const string Suffix = "~corrected";

    /// <summary>Whether an identifier is a correction's.</summary>
    public static bool IsCorrection(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.EndsWith(Suffix, StringComparison.Ordinal);
    }

    /// <summary>The identifier of the outcome itself.</summary>
    public static string FirstId(string id)
    {
        while (IsCorrection(id))
        {
            id = id[..^Suffix.Length];
        }

        return id;
    }

    /// <summary>The outcomes without corrections, each worth what its last correction says.</summary>
    internal static Outcome[] AppliedTo(Outcome[] outcomes)
    {
        if (!Array.Exists(outcomes, static row => IsCorrection(row.Id)))
        {
            return outcomes;
        }

        Dictionary<string, Outcome> last = outcomes.GroupBy(row => FirstId(row.Id), StringComparer.Ordinal)
            .ToDictionary(deal => deal.Key, deal => deal.MaxBy(row => row.Id.Length)!, StringComparer.Ordinal);
        return [.. outcomes.Where(row => !IsCorrection(row.Id)).Select(row => row with { Amount = last[row.Id].Amount, Currency = last[row.Id].Currency })];
    }
}
