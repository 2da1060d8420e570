using static LeadPredict.Learning.Logistic.OrderedSums;

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

    /// <summary>The product of each row with each other one up to its own number: of both the bits of <see cref="Dot"/>.</summary>
    /// <param name="rows">count × size.</param>
    /// <param name="others">count × size.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="size">How long they are.</param>
    /// <param name="products">count × count; the lower triangle is written.</param>
    public static void LowerTriangle(double[] rows, double[] others, int count, int size, double[] products)
    {
        int whole = size - (size % Step);
        var lanes = new double[Tile * Tile * Step];
        for (int first = 0; first < count; first += Tile)
        {
            for (int from = 0; from <= first; from += Tile)
            {
                Array.Clear(lanes);
                var tiles = new Tiles(first, Math.Min(first + Tile, count), from, Math.Min(from + Tile, count));
                for (int at = 0; at < whole; at += Piece)
                {
                    AddPiece(rows, others, tiles, size, at, Math.Min(Piece, whole - at), lanes);
                }

                for (int row = first; row < tiles.End; row++)
                {
                    for (int other = from; other < tiles.EndFor(row); other++)
                    {
                        products[(row * count) + other] = Rest(
                            Total(lanes.AsSpan(tiles.PlaceOf(row, other))), rows.AsSpan((row * size) + whole, size - whole), others.AsSpan((other * size) + whole, size - whole));
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
        double[] taken = [.. factor.Select(element => -element)];
        for (int at = 0; at < size; at += Piece)
        {
            int length = Math.Min(Piece, size - at);
            for (int row = 0; row < count; row++)
            {
                Span<double> piece = Of(row);
                ReadOnlySpan<double> scales = taken.AsSpan(row * count, row);
                int before = 0;
                for (; before + 4 <= row; before += 4)
                {
                    AddFourTo(piece, scales[before..], Of(before), Of(before + 1), Of(before + 2), Of(before + 3));
                }

                for (; before < row; before++)
                {
                    AddTo(piece, scales[before], Of(before));
                }

                foreach (ref double element in piece)
                {
                    element /= factor[(row * count) + row];
                }
            }

            Span<double> Of(int row) => rows.AsSpan((row * size) + at, length);
        }
    }

    private static void AddPiece(double[] rows, double[] others, Tiles tiles, int size, int at, int length, double[] lanes)
    {
        for (int row = tiles.First; row < tiles.End; row++)
        {
            ReadOnlySpan<double> piece = rows.AsSpan((row * size) + at, length);
            int other = tiles.From;
            for (; other + 4 <= tiles.EndFor(row); other += 4)
            {
                AddFourProducts(piece, others.AsSpan((other * size) + at), size, lanes.AsSpan(tiles.PlaceOf(row, other)));
            }

            for (; other < tiles.EndFor(row); other++)
            {
                AddProducts(piece, others.AsSpan((other * size) + at), lanes.AsSpan(tiles.PlaceOf(row, other)));
            }
        }
    }

    /// <summary>Rows from First to before End, and others from From to before Until.</summary>
    private readonly record struct Tiles(int First, int End, int From, int Until)
    {
        public int EndFor(int row) => Math.Min(Until, row + 1);

        public int PlaceOf(int row, int other) => (((row - First) * Tile) + other - From) * Step;
    }
}
