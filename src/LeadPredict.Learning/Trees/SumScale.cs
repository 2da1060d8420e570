using System.Numerics;
using System.Runtime.CompilerServices;

namespace LeadPredict.Learning.Trees;

/// <summary>
/// How derivatives stand for whole numbers: both are multiples of a power of two, 2^-30 of the largest or so, which is finer than the 32-bit
/// floats they come from; second derivatives of very many rows are coarser, as the sum over all rows and their count leave room for
/// (2^-22 with two million rows, 2^-16 with ten).
/// </summary>
internal readonly struct SumScale
{
    private const int MostBitsOfARow = 30;
    private readonly ulong _hessianMask;

    private SumScale(int gradientBits, int hessianBits, int countShift)
    {
        ToGradient = Math.ScaleB(1, gradientBits);
        ToHessian = Math.ScaleB(1, hessianBits);
        GradientUnit = Math.ScaleB(1, -gradientBits);
        HessianUnit = Math.ScaleB(1, -hessianBits);
        CountShift = countShift;
        _hessianMask = (1ul << countShift) - 1;
    }

    /// <summary>What a first derivative is multiplied by.</summary>
    public double ToGradient { get; }

    /// <summary>What a second derivative is multiplied by.</summary>
    public double ToHessian { get; }

    /// <summary>The first derivative that 1 stands for.</summary>
    public double GradientUnit { get; }

    /// <summary>The second derivative that 1 stands for.</summary>
    public double HessianUnit { get; }

    /// <summary>Where the count begins in the second number.</summary>
    public int CountShift { get; }

    /// <summary>The finest scale that cannot overflow.</summary>
    /// <param name="rows">No more rows than this are added up.</param>
    /// <param name="largestGradient">No first derivative is further from 0.</param>
    /// <param name="largestHessian">No second derivative is larger, or below 0.</param>
    public static SumScale For(int rows, double largestGradient, double largestHessian)
    {
        int countBits = BitOperations.Log2((uint)rows) + 1;
        int hessianBits = Math.Min(MostBitsOfARow, 64 - (2 * countBits));
        return new SumScale(
            MostBitsOfARow - Math.ILogB(largestGradient) - 1, hessianBits - Math.ILogB(largestHessian) - 1, 64 - countBits);
    }

    /// <summary>One row.</summary>
    public RowDerivatives Row(double gradient, double hessian) =>
        new((int)Math.Round(gradient * ToGradient), (int)Math.Round(hessian * ToHessian));

    /// <summary>What a row adds to a sum.</summary>
    public BinSum Sum(RowDerivatives row) => new(row.Gradient, row.Hessian + (1L << CountShift));

    /// <summary>A sum in the derivatives' own unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HistogramBin Read(BinSum sum) => new()
    {
        Gradient = sum.Gradient * GradientUnit,
        Hessian = (long)(sum.HessianAndCount & _hessianMask) * HessianUnit,
        Count = Count(sum),
    };

    /// <summary>The number of rows of a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(BinSum sum) => (int)(sum.HessianAndCount >> CountShift);
}
