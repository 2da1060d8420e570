using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Logistic;

/// <summary>
/// What goes over long rows many times, a piece of all rows at a time, so that the processor finds them in its cache: rows of a wide table do not fit there. The sums run in the
/// order that they would have row by row, and have the same bits.
/// </summary>
/// <remarks>Matrices are row-major.</remarks>
internal static class RowProducts
{
    /// <summary>How many rows are multiplied with as many others at a time.</summary>
    private const int Tile = 32;

    /// <summary>How many elements of each row are taken at a time: 2 KB.</summary>
    private const int Piece = 256;

    /// <summary>The product of each row with each other one up to its own number: of both the bits of <see cref="Cholesky.Dot"/>.</summary>
    /// <param name="rows">count × size.</param>
    /// <param name="others">count × size.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="size">How long they are.</param>
    /// <param name="products">count × count; the lower triangle is written.</param>
    public static void LowerTriangle(double[] rows, double[] others, int count, int size, double[] products)
    {
        int whole = size - (size % Cholesky.Step);
        var sums = new double[Tile * Tile * Cholesky.Step];
        for (int first = 0; first < count; first += Tile)
        {
            for (int from = 0; from <= first; from += Tile)
            {
                Array.Clear(sums);
                for (int at = 0; at < whole; at += Piece)
                {
                    AddPiece(rows, others, new(first, Math.Min(first + Tile, count), from, Math.Min(from + Tile, count)), size, at, Math.Min(Piece, whole - at), sums);
                }

                for (int row = first; row < Math.Min(first + Tile, count); row++)
                {
                    for (int other = from; other < Math.Min(from + Tile, row + 1); other++)
                    {
                        ReadOnlySpan<double> lanes = sums.AsSpan((((row - first) * Tile) + other - from) * Cholesky.Step, Cholesky.Step);
                        double sum = Vector256.Sum(Vector256.Create(lanes) + Vector256.Create(lanes[Cholesky.Half..]));
                        products[(row * count) + other] = Cholesky.Rest(sum, rows.AsSpan((row * size) + whole, size - whole), others.AsSpan((other * size) + whole, size - whole));
                    }
                }
            }
        }
    }

    /// <summary>Solves <c>L X = rows</c> for all columns: overwrites the rows by <c>L⁻¹</c> times them.</summary>
    /// <param name="factor">L, count × count, of which the lower triangle is read.</param>
    /// <param name="rows">count × size.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="size">How long they are.</param>
    public static void SolveLower(double[] factor, double[] rows, int count, int size)
    {
        for (int at = 0; at < size; at += Piece)
        {
            int length = Math.Min(Piece, size - at);
            for (int row = 0; row < count; row++)
            {
                Span<double> piece = rows.AsSpan((row * size) + at, length);
                ReadOnlySpan<double> scales = factor.AsSpan(row * count, row + 1);
                int before = 0;
                for (; before + 4 <= row; before += 4)
                {
                    TakeFour(piece, scales.Slice(before, 4), ref rows[(before * size) + at], size);
                }

                for (; before < row; before++)
                {
                    Take(piece, scales[before], rows.AsSpan((before * size) + at, length));
                }

                foreach (ref double element in piece)
                {
                    element /= scales[row];
                }
            }
        }
    }

    private static void AddPiece(double[] rows, double[] others, Tiles tiles, int size, int at, int length, double[] sums)
    {
        for (int row = tiles.First; row < tiles.End; row++)
        {
            ref double one = ref rows[(row * size) + at];
            int other = tiles.From;
            int end = Math.Min(tiles.Until, row + 1);
            for (; other + 4 <= end; other += 4)
            {
                AddFour(ref one, ref others[(other * size) + at], size, length, ref sums[(((row - tiles.First) * Tile) + other - tiles.From) * Cholesky.Step]);
            }

            for (; other < end; other++)
            {
                AddOne(ref one, ref others[(other * size) + at], length, ref sums[(((row - tiles.First) * Tile) + other - tiles.From) * Cholesky.Step]);
            }
        }
    }

    private static void AddFour(ref double row, ref double others, int size, int length, ref double sums)
    {
        ref double a = ref others;
        ref double b = ref Unsafe.Add(ref others, size);
        ref double c = ref Unsafe.Add(ref others, 2 * size);
        ref double d = ref Unsafe.Add(ref others, 3 * size);
        const nuint Half = Cholesky.Half, Step = Cholesky.Step;
        Vector256<double> evenA = Vector256.LoadUnsafe(ref sums), oddA = Vector256.LoadUnsafe(ref sums, Half);
        Vector256<double> evenB = Vector256.LoadUnsafe(ref sums, Step), oddB = Vector256.LoadUnsafe(ref sums, Step + Half);
        Vector256<double> evenC = Vector256.LoadUnsafe(ref sums, 2 * Step), oddC = Vector256.LoadUnsafe(ref sums, (2 * Step) + Half);
        Vector256<double> evenD = Vector256.LoadUnsafe(ref sums, 3 * Step), oddD = Vector256.LoadUnsafe(ref sums, (3 * Step) + Half);
        for (nuint i = 0; i < (nuint)length; i += Step)
        {
            Vector256<double> even = Vector256.LoadUnsafe(ref row, i);
            Vector256<double> odd = Vector256.LoadUnsafe(ref row, i + Half);
            evenA += even * Vector256.LoadUnsafe(ref a, i);
            oddA += odd * Vector256.LoadUnsafe(ref a, i + Half);
            evenB += even * Vector256.LoadUnsafe(ref b, i);
            oddB += odd * Vector256.LoadUnsafe(ref b, i + Half);
            evenC += even * Vector256.LoadUnsafe(ref c, i);
            oddC += odd * Vector256.LoadUnsafe(ref c, i + Half);
            evenD += even * Vector256.LoadUnsafe(ref d, i);
            oddD += odd * Vector256.LoadUnsafe(ref d, i + Half);
        }

        evenA.StoreUnsafe(ref sums);
        oddA.StoreUnsafe(ref sums, Half);
        evenB.StoreUnsafe(ref sums, Step);
        oddB.StoreUnsafe(ref sums, Step + Half);
        evenC.StoreUnsafe(ref sums, 2 * Step);
        oddC.StoreUnsafe(ref sums, (2 * Step) + Half);
        evenD.StoreUnsafe(ref sums, 3 * Step);
        oddD.StoreUnsafe(ref sums, (3 * Step) + Half);
    }

    private static void AddOne(ref double row, ref double other, int length, ref double sums)
    {
        Vector256<double> even = Vector256.LoadUnsafe(ref sums), odd = Vector256.LoadUnsafe(ref sums, Cholesky.Half);
        for (nuint i = 0; i < (nuint)length; i += Cholesky.Step)
        {
            even += Vector256.LoadUnsafe(ref row, i) * Vector256.LoadUnsafe(ref other, i);
            odd += Vector256.LoadUnsafe(ref row, i + Cholesky.Half) * Vector256.LoadUnsafe(ref other, i + Cholesky.Half);
        }

        even.StoreUnsafe(ref sums);
        odd.StoreUnsafe(ref sums, Cholesky.Half);
    }

    /// <summary>Takes four rows that lie one below the other away, one after the other.</summary>
    private static void TakeFour(Span<double> piece, ReadOnlySpan<double> scales, ref double rows, int size)
    {
        ref double sum = ref MemoryMarshal.GetReference(piece);
        ref double b = ref Unsafe.Add(ref rows, size);
        ref double c = ref Unsafe.Add(ref rows, 2 * size);
        ref double d = ref Unsafe.Add(ref rows, 3 * size);
        (Vector256<double> byA, Vector256<double> byB) = (Vector256.Create(-scales[0]), Vector256.Create(-scales[1]));
        (Vector256<double> byC, Vector256<double> byD) = (Vector256.Create(-scales[2]), Vector256.Create(-scales[3]));
        nuint i = 0;
        for (; i + Cholesky.Half <= (nuint)piece.Length; i += Cholesky.Half)
        {
            Vector256<double> left = Vector256.LoadUnsafe(ref sum, i) + (byA * Vector256.LoadUnsafe(ref rows, i));
            left += byB * Vector256.LoadUnsafe(ref b, i);
            left += byC * Vector256.LoadUnsafe(ref c, i);
            left += byD * Vector256.LoadUnsafe(ref d, i);
            left.StoreUnsafe(ref sum, i);
        }

        for (; i < (nuint)piece.Length; i++)
        {
            ref double element = ref Unsafe.Add(ref sum, i);
            element += -scales[0] * Unsafe.Add(ref rows, i);
            element += -scales[1] * Unsafe.Add(ref b, i);
            element += -scales[2] * Unsafe.Add(ref c, i);
            element += -scales[3] * Unsafe.Add(ref d, i);
        }
    }

    private static void Take(Span<double> piece, double scale, ReadOnlySpan<double> row)
    {
        for (int i = 0; i < piece.Length; i++)
        {
            piece[i] += -scale * row[i];
        }
    }

    /// <summary>Rows and others of a tile.</summary>
    private readonly record struct Tiles(int First, int End, int From, int Until);
}
