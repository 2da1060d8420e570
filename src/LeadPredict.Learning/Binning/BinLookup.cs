using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Binning;

/// <summary>
/// Finds the bin of a number without a branch: how many of the boundaries are at or below it, counted sixteen at a time, first among every
/// sixteenth boundary, then among the sixteen that are left.
/// </summary>
internal readonly ref struct BinLookup
{
    private const int Width = 16;
    private readonly ReadOnlySpan<float> _fine;
    private readonly Vector512<float> _coarse;

    /// <param name="boundaries">Strictly increasing, at most 255.</param>
    public BinLookup(ReadOnlySpan<float> boundaries)
    {
        // No value is infinite, so what fills up is never at or below one.
        var fine = new float[Width * Width];
        Array.Fill(fine, float.PositiveInfinity);
        boundaries.CopyTo(fine);
        Span<float> coarse = stackalloc float[Width];
        for (int block = 0; block < Width; block++)
        {
            coarse[block] = fine[(block * Width) + Width - 1];
        }

        _fine = fine;
        _coarse = Vector512.Create<float>(coarse);
    }

    /// <summary>Puts values into bins.</summary>
    /// <param name="values">No infinities.</param>
    /// <param name="missingBin">The bin of NaN.</param>
    /// <param name="bins">As long as the values; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(ReadOnlySpan<float> values, int missingBin, Span<byte> bins)
    {
        Vector512<float> coarse = _coarse;
        for (int i = 0; i < values.Length; i++)
        {
            // A block is passed over when its last boundary is at or below the value. The last block has room to spare, so one is never past it.
            Vector512<float> value = Vector512.Create(values[i]);
            int block = Width * BitOperations.PopCount(Vector512.LessThanOrEqual(coarse, value).ExtractMostSignificantBits());
            Vector512<float> boundaries = Vector512.Create(_fine.Slice(block, Width));
            int bin = block + BitOperations.PopCount(Vector512.LessThanOrEqual(boundaries, value).ExtractMostSignificantBits());
            bins[i] = (byte)(float.IsNaN(values[i]) ? missingBin : bin);
        }
    }
}
