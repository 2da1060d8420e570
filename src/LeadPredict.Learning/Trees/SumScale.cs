using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// How derivatives stand for whole numbers, so that sums do not depend on the order of the rows. A row's two derivatives and its count share
/// 64 bits, with room above each for the sum over <see cref="PackedRows"/> rows; sums over more rows are kept in <see cref="BinSum"/>.
/// </summary>
/// <remarks>
/// Few bits are enough when rounding is fair: gradients of 12 bits are noise of a four-thousandth beside that of the labels (Shi and others,
/// "Quantized Training of Gradient Boosting Decision Trees", 2022, go down to 3 bits). Small tables have more, to 20 bits.
/// </remarks>
internal readonly struct SumScale
{
    /// <summary>More rows at once leave a row fewer bits; fewer rows have to be brought together more often.</summary>
    private const int MostPackedBits = 13;

    /// <summary>Beyond this the 32-bit floats that derivatives are worked out in have no digits left to round.</summary>
    private const int MostBitsOfARow = 20;

    private readonly int _packedBits;
    private readonly int _gradientShift;
    private readonly double _gradientUnit;
    private readonly double _hessianUnit;
    private readonly ulong _hessianMask;

    private SumScale(int packedBits, int gradientBits, int hessianBits, double largestGradient, double largestHessian, int countShift)
    {
        _packedBits = packedBits;
        _gradientShift = (2 * packedBits) + hessianBits;
        ToGradient = ((1 << gradientBits) - 1) / largestGradient;
        ToHessian = ((1 << hessianBits) - 1) / largestHessian;
        _gradientUnit = 1 / ToGradient;
        _hessianUnit = 1 / ToHessian;
        CountShift = countShift;
        _hessianMask = (1ul << countShift) - 1;
    }

    /// <summary>No more rows than this may be added up packed.</summary>
    public int PackedRows => (1 << _packedBits) - 1;

    /// <summary>What a first derivative is multiplied by.</summary>
    public double ToGradient { get; }

    /// <summary>What a second derivative is multiplied by.</summary>
    public double ToHessian { get; }

    /// <summary>Where the first derivative begins in a packed row; it may be below 0.</summary>
    public int PackedGradientShift => _gradientShift;

    /// <summary>Where the second derivative begins in a packed row.</summary>
    public int PackedHessianShift => _packedBits;

    /// <summary>Where the count begins in the second number of a <see cref="BinSum"/>.</summary>
    public int CountShift { get; }

    /// <summary>The finest scale that cannot overflow.</summary>
    /// <param name="rows">No more rows than this are added up.</param>
    /// <param name="largestGradient">No first derivative is further from 0.</param>
    /// <param name="largestHessian">No second derivative is larger, or below 0.</param>
    public static SumScale For(int rows, double largestGradient, double largestHessian)
    {
        int countBits = BitOperations.Log2((uint)rows) + 1;
        int packedBits = Math.Min(MostPackedBits, countBits);

        // The count, the sum of second derivatives, and that of first ones with its sign: 64 bits.
        int rowBits = Math.Min(MostBitsOfARow, (63 - (3 * packedBits)) / 2);
        int hessianBits = Math.Min(rowBits, 64 - (2 * countBits));
        return new SumScale(packedBits, rowBits, hessianBits, largestGradient, largestHessian, 64 - countBits);
    }

    /// <summary>One row of whole numbers.</summary>
    public RowDerivatives Row(int gradient, int hessian) =>
        new(((long)gradient << _gradientShift) + ((long)hessian << _packedBits) + 1);

    /// <summary>What packed rows add up to, at most <see cref="PackedRows"/> of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BinSum Unpack(long packed)
    {
        long count = packed & PackedRows;
        long hessian = (packed & ((1L << _gradientShift) - 1)) >> _packedBits;
        return new(packed >> _gradientShift, (ulong)(hessian + (count << CountShift)));
    }

    /// <summary>A sum in the derivatives' own unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HistogramBin Read(BinSum sum) => new()
    {
        Gradient = sum.Gradient * _gradientUnit,
        Hessian = (long)(sum.HessianAndCount & _hessianMask) * _hessianUnit,
        Count = Count(sum),
    };

    /// <summary>First derivatives of four sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> ReadGradients(Vector256<long> gradients) => Exact(gradients) * Vector256.Create(_gradientUnit);

    /// <summary>Second derivatives of four sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> ReadHessians(Vector256<long> hessiansAndCounts) =>
        Exact(hessiansAndCounts & Vector256.Create((long)_hessianMask)) * Vector256.Create(_hessianUnit);

    /// <summary>The number of rows of a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(BinSum sum) => (int)(sum.HessianAndCount >> CountShift);

    /// <summary>As floating-point numbers, whole and unrounded: sums stay below 2^51, whatever the number of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Exact(Vector256<long> numbers)
    {
        // Added to the bits of 1.5 * 2^52 a whole number lands in its last digits, below 0 too.
        const double Anchor = 6755399441055744;
        return (numbers + Vector256.Create(Anchor).AsInt64()).AsDouble() - Vector256.Create(Anchor);
    }
}
