namespace LeadPredict.Learning.Trees;

/// <summary>
/// The derivatives of one row as whole numbers of a <see cref="SumScale"/>, and the row's count, side by side in 64 bits: one addition adds
/// all three up. The first derivative stands in the upper bits, the count in the lowest.
/// </summary>
/// <param name="Packed">From <see cref="SumScale.Row"/>.</param>
internal readonly record struct RowDerivatives(long Packed);
