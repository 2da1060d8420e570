using LeadPredict.Features.Profiles;

namespace LeadPredict.Training.Csv;

/// <summary>One column of a <see cref="ColumnCsv"/>.</summary>
/// <param name="Values">One a row; NaN for missing.</param>
/// <param name="Summary">What the cells say.</param>
internal sealed record NumberColumn(float[] Values, NumberSummary Summary);
