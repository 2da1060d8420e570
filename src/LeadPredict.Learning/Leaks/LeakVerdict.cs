using System.Globalization;

namespace LeadPredict.Learning.Leaks;

/// <summary>Judges screened columns by thresholds.</summary>
/// <remarks>
/// Rules, each with its reason in <see cref="LeakThresholds"/>: near-perfect AUC; filled-or-missing state alone predicts; filled for one class
/// alone; values of one class alone; one value that all but decides. A column missing for some of one class alone is judged by the second rule only: a lead without a
/// telephone number that never bought is no leak. Stateless and safe to use from many threads.
/// </remarks>
public static class LeakVerdict
{
    /// <summary>The reasons to suspect columns, in the order of the columns; several for one column are possible, none means it passes.</summary>
    /// <param name="screenings">What <see cref="LeakScreen"/> found.</param>
    /// <param name="thresholds">Null means <see cref="LeakThresholds.Default"/>.</param>
    public static IReadOnlyList<LeakFinding> Judge(IEnumerable<ColumnScreening> screenings, LeakThresholds? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(screenings);
        return [.. screenings.SelectMany(screening => Judge(screening, thresholds ?? LeakThresholds.Default))];
    }

    private static IEnumerable<LeakFinding> Judge(ColumnScreening column, LeakThresholds thresholds)
    {
        double luck = 0.5 + (thresholds.StandardErrors * NullStandardError(column));
        if (column.Auc >= Math.Max(thresholds.NearPerfectAuc, luck))
        {
            yield return new LeakFinding(
                column.Name,
                LeakReason.NearPerfect,
                column.Auc,
                thresholds.NearPerfectAuc,
                Invariant($"'{column.Name}' alone tells converted from not with an AUC of {column.Auc:0.000} (suspect from {thresholds.NearPerfectAuc:0.00}): was it written after the outcome?"));
        }

        // A state that parts the classes wholly is the next rule's finding as well; both are told.
        if (column.MissingAuc >= Math.Max(thresholds.MissingAuc, luck))
        {
            yield return new LeakFinding(
                column.Name,
                LeakReason.FilledStatePredicts,
                column.MissingAuc,
                thresholds.MissingAuc,
                Invariant($"'{column.Name}' is filled for {column.FilledRatePositives:P0} of the converted and {column.FilledRateNegatives:P0} of the others, an AUC of {column.MissingAuc:0.000} whatever it says (suspect from {thresholds.MissingAuc:0.00}): does somebody fill it while working the lead?"));
        }

        bool positivesOnly = column.FilledRatePositives > 0.0 && column.FilledRateNegatives == 0.0;
        bool negativesOnly = column.FilledRateNegatives > 0.0 && column.FilledRatePositives == 0.0;
        double positiveShare = (double)column.PositiveGroups / (column.PositiveGroups + column.NegativeGroups);
        if ((positivesOnly || negativesOnly)
            && thresholds.IsMoreThanChance(column.FilledGroups, positivesOnly ? positiveShare : 1.0 - positiveShare))
        {
            double rate = Math.Max(column.FilledRatePositives, column.FilledRateNegatives);
            yield return new LeakFinding(
                column.Name,
                LeakReason.FilledForOneClassOnly,
                rate,
                0.0,
                Invariant($"'{column.Name}' is filled for {rate:P1} of the {(positivesOnly ? "converted" : "not converted")} and for none of the others: it exists for one class only."));
        }

        if (column.PureShare >= thresholds.PureShare)
        {
            yield return new LeakFinding(
                column.Name,
                LeakReason.ValuesOfOneClassOnly,
                column.PureShare,
                thresholds.PureShare,
                Invariant($"'{column.Name}' has values that occur in one class only, and {column.PureShare:P0} of that class hold one (suspect from {thresholds.PureShare:P0})."));
        }

        if (column.ValueOddsRatio >= thresholds.ValueOddsRatio)
        {
            yield return new LeakFinding(
                column.Name,
                LeakReason.ValueNearlyDecides,
                column.ValueOddsRatio,
                thresholds.ValueOddsRatio,
                Invariant($"'{column.Name}' has a value that moves the odds at least {column.ValueOddsRatio:0}-fold (suspect from {thresholds.ValueOddsRatio:0}): is it set by the outcome itself?"));
        }
    }

    /// <summary>Standard error of the Mann-Whitney AUC when the column says nothing: sqrt((m + n + 1) / (12 m n)).</summary>
    private static double NullStandardError(ColumnScreening column)
    {
        double m = column.PositiveGroups;
        double n = column.NegativeGroups;
        return m == 0 || n == 0 ? double.PositiveInfinity : Math.Sqrt((m + n + 1.0) / (12.0 * m * n));
    }

    /// <summary>Invariant, but with "25 %" written as people read it.</summary>
    private static string Invariant(FormattableString text) => text.ToString(Percent);

    private static readonly NumberFormatInfo Percent = CreatePercent();

    private static NumberFormatInfo CreatePercent()
    {
        var format = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        format.PercentPositivePattern = 0;
        return NumberFormatInfo.ReadOnly(format);
    }
}
