namespace LeadPredict.Learning.Leaks;

/// <summary>What one column alone tells of the label.</summary>
/// <param name="Name">The column.</param>
/// <param name="Auc">
/// AUC of the column's own conversion rates, learned on other folds: a numeric column in about 20 quantile bins and missing, a category by
/// code and missing. About 0.5 says nothing. Because the rates are cross-fitted, a column of many rare values does not look predictive.
/// </param>
/// <param name="MissingAuc">
/// AUC of whether the column is filled, whatever it says: <c>0.5 + |fill rate of positives - fill rate of negatives| / 2</c>, from 0.5 to 1.
/// </param>
/// <param name="FilledRatePositives">Share of the positives with a value.</param>
/// <param name="FilledRateNegatives">Share of the negatives with a value.</param>
/// <param name="FilledGroups">Groups with a row that has a value.</param>
/// <param name="PositiveGroups">Groups with a positive: the size that significance is judged by, since rows of one group repeat each other.</param>
/// <param name="NegativeGroups">Groups with a negative.</param>
/// <param name="PureShare">
/// The larger of two shares: of the positives whose value no negative has, and of the negatives whose value no positive has. Only values are
/// counted that are in one class by more than chance (see <see cref="LeakThresholds.Chance"/>).
/// </param>
/// <param name="ValueOddsRatio">
/// How far the most telling value moves the odds, to either class: the low end of the 95 % interval of its odds (Wilson 1927, with groups for rows)
/// over the odds of all rows. 0 when no value has groups enough.
/// </param>
public sealed record ColumnScreening(
    string Name,
    double Auc,
    double MissingAuc,
    double FilledRatePositives,
    double FilledRateNegatives,
    int FilledGroups,
    int PositiveGroups,
    int NegativeGroups,
    double PureShare,
    double ValueOddsRatio);
