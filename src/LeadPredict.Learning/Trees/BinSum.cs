using System.Runtime.CompilerServices;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// What one row adds to a histogram, or what rows add up to, as whole numbers of a <see cref="SumScale"/>: first derivatives, and second
/// derivatives with the count above them.
/// </summary>
/// <param name="Gradient">Sum of first derivatives.</param>
/// <param name="HessianAndCount">Sum of second derivatives in the lower bits, number of rows in the upper ones.</param>
/// <remarks>
/// Whole numbers add up to the same in every order, so rows can be shared out to any number of threads. Two plain numbers, no vector: a method
/// that is handed a vector cannot be compiled ahead of time.
/// </remarks>
internal readonly record struct BinSum(long Gradient, ulong HessianAndCount)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BinSum operator +(BinSum a, BinSum b) => new(a.Gradient + b.Gradient, a.HessianAndCount + b.HessianAndCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BinSum operator -(BinSum a, BinSum b) => new(a.Gradient - b.Gradient, a.HessianAndCount - b.HessianAndCount);
}
