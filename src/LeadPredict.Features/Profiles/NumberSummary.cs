namespace LeadPredict.Features.Profiles;

/// <summary>What the training rows say of a column whose cells are numbers or missing, for readers that do not make text of them.</summary>
/// <param name="Present">Rows with a number.</param>
/// <param name="WholeNumbers">Of them, those without a fraction.</param>
/// <param name="Minimum">The least; positive infinity without a number.</param>
/// <param name="Maximum">The greatest; negative infinity without a number.</param>
/// <param name="Repeats">Whether two rows surely have the same text; false also when nobody knows.</param>
public readonly record struct NumberSummary(int Present, int WholeNumbers, double Minimum, double Maximum, bool Repeats);
