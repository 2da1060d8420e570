using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// What one row adds to a histogram, or what rows add up to, as whole numbers of a <see cref="SumScale"/>: first derivatives, and second
/// derivatives with the count above them.
/// </summary>
/// <remarks>Whole numbers add up to the same in every order, so rows can be shared out to any number of threads.</remarks>
internal readonly struct BinSum
{
    private readonly Vector128<long> _parts;

    public BinSum(long gradient, long hessianAndCount) => _parts = Vector128.Create(gradient, hessianAndCount);

    private BinSum(Vector128<long> parts) => _parts = parts;

    /// <summary>Sum of first derivatives.</summary>
    public long Gradient => _parts.ToScalar();

    /// <summary>Sum of second derivatives in the lower bits, number of rows in the upper ones.</summary>
    public ulong HessianAndCount => (ulong)_parts.GetElement(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BinSum operator +(BinSum a, BinSum b) => new(a._parts + b._parts);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BinSum operator -(BinSum a, BinSum b) => new(a._parts - b._parts);
}
