using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Logistic;

/// <summary>Sums of products over rows, several at once, in a fixed order, so that every machine gets the same bits, however the rows are cut into pieces.</summary>
/// <remarks>A sum of products has <see cref="Step"/> lanes, of every eighth product each, which are added up at the end, and then what no whole step takes.</remarks>
internal static class OrderedSums
{
    /// <summary>How many products a sum takes at once.</summary>
    public const int Step = 2 * Half;

    private const int Half = 4;

    /// <summary>The sum of products of two equally long rows.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int whole = a.Length - (a.Length % Step);
        return Rest(OneDot(a[..whole], b), a[whole..], b[whole..]);
    }

    /// <summary>The products of a row, as long as some steps, with rows that lie one below the other: each has the bits of <see cref="Dot"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="matrix">Row-major.</param>
    /// <param name="first">Where the first of the others begins.</param>
    /// <param name="size">From the beginning of one to that of the next.</param>
    /// <param name="sums">One a row.</param>
    public static void Dots(ReadOnlySpan<double> row, ReadOnlySpan<double> matrix, int first, int size, Span<double> sums)
    {
        Span<double> lanes = stackalloc double[4 * Step];
        int at = 0;
        for (; at + 4 <= sums.Length; at += 4)
        {
            lanes.Clear();
            AddFourProducts(row, matrix[(first + (at * size))..], size, lanes);
            for (int one = 0; one < 4; one++)
            {
                sums[at + one] = Total(lanes[(one * Step)..]);
            }
        }

        for (; at < sums.Length; at++)
        {
            sums[at] = OneDot(row, matrix[(first + (at * size))..]);
        }
    }

    /// <summary>Adds the products of a row, as long as some steps, with another to the lanes of their sum.</summary>
    public static void AddProducts(ReadOnlySpan<double> row, ReadOnlySpan<double> other, Span<double> lanes)
    {
        ref double x = ref MemoryMarshal.GetReference(row);
        ref double a = ref MemoryMarshal.GetReference(other[..row.Length]);
        ref double sums = ref MemoryMarshal.GetReference(lanes[..Step]);
        Vector256<double> even = Vector256.LoadUnsafe(ref sums), odd = Vector256.LoadUnsafe(ref sums, Half);
        for (nuint i = 0; i < (nuint)row.Length; i += Step)
        {
            even += Vector256.LoadUnsafe(ref x, i) * Vector256.LoadUnsafe(ref a, i);
            odd += Vector256.LoadUnsafe(ref x, i + Half) * Vector256.LoadUnsafe(ref a, i + Half);
        }

        even.StoreUnsafe(ref sums);
        odd.StoreUnsafe(ref sums, Half);
    }

    /// <summary>The same with four others at once that lie one below the other, so that the row is read once for all and the additions need not wait for one another.</summary>
    /// <param name="row">The row.</param>
    /// <param name="others">From the beginning of the first on.</param>
    /// <param name="size">From the beginning of one to that of the next.</param>
    /// <param name="lanes">Of the four sums, one after the other.</param>
    public static void AddFourProducts(ReadOnlySpan<double> row, ReadOnlySpan<double> others, int size, Span<double> lanes)
    {
        ref double x = ref MemoryMarshal.GetReference(row);
        ref double a = ref MemoryMarshal.GetReference(others[..((3 * size) + row.Length)]);
        ref double b = ref Unsafe.Add(ref a, size);
        ref double c = ref Unsafe.Add(ref a, 2 * size);
        ref double d = ref Unsafe.Add(ref a, 3 * size);
        ref double sums = ref MemoryMarshal.GetReference(lanes[..(4 * Step)]);
        Vector256<double> evenA = Vector256.LoadUnsafe(ref sums), oddA = Vector256.LoadUnsafe(ref sums, Half);
        Vector256<double> evenB = Vector256.LoadUnsafe(ref sums, Step), oddB = Vector256.LoadUnsafe(ref sums, Step + Half);
        Vector256<double> evenC = Vector256.LoadUnsafe(ref sums, 2 * Step), oddC = Vector256.LoadUnsafe(ref sums, (2 * Step) + Half);
        Vector256<double> evenD = Vector256.LoadUnsafe(ref sums, 3 * Step), oddD = Vector256.LoadUnsafe(ref sums, (3 * Step) + Half);
        for (nuint i = 0; i < (nuint)row.Length; i += Step)
        {
            Vector256<double> even = Vector256.LoadUnsafe(ref x, i);
            Vector256<double> odd = Vector256.LoadUnsafe(ref x, i + Half);
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

    /// <summary>What a sum's lanes come to.</summary>
    public static double Total(ReadOnlySpan<double> lanes) => Vector256.Sum(Vector256.Create(lanes) + Vector256.Create(lanes[Half..]));

    /// <summary>Adds the products that no whole step takes.</summary>
    public static double Rest(double sum, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Adds a row times a number to a line.</summary>
    public static void AddTo(Span<double> line, double scale, ReadOnlySpan<double> row)
    {
        int i = 0;
        var scales = Vector256.Create(scale);
        for (; i + Vector256<double>.Count <= line.Length; i += Vector256<double>.Count)
        {
            (Vector256.Create((ReadOnlySpan<double>)line[i..]) + (scales * Vector256.Create(row[i..]))).CopyTo(line[i..]);
        }

        for (; i < line.Length; i++)
        {
            line[i] += scale * row[i];
        }
    }

    /// <summary>Adds four rows, each times its number, to a line, one after the other; they are at least as long as it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="scales">Four.</param>
    /// <param name="first">The first row.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <param name="fourth">The fourth.</param>
    public static void AddFourTo(
        Span<double> line, ReadOnlySpan<double> scales, ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> third, ReadOnlySpan<double> fourth)
    {
        ref double sum = ref MemoryMarshal.GetReference(line);
        ref double a = ref MemoryMarshal.GetReference(first[..line.Length]);
        ref double b = ref MemoryMarshal.GetReference(second[..line.Length]);
        ref double c = ref MemoryMarshal.GetReference(third[..line.Length]);
        ref double d = ref MemoryMarshal.GetReference(fourth[..line.Length]);
        (Vector256<double> byA, Vector256<double> byB) = (Vector256.Create(scales[0]), Vector256.Create(scales[1]));
        (Vector256<double> byC, Vector256<double> byD) = (Vector256.Create(scales[2]), Vector256.Create(scales[3]));
        int i = 0;
        for (; i + Half <= line.Length; i += Half)
        {
            nuint at = (nuint)i;
            Vector256<double> all = Vector256.LoadUnsafe(ref sum, at) + (byA * Vector256.LoadUnsafe(ref a, at));
            all += byB * Vector256.LoadUnsafe(ref b, at);
            all += byC * Vector256.LoadUnsafe(ref c, at);
            all += byD * Vector256.LoadUnsafe(ref d, at);
            all.StoreUnsafe(ref sum, at);
        }

        for (; i < line.Length; i++)
        {
            double all = line[i] + (scales[0] * first[i]);
            all += scales[1] * second[i];
            all += scales[2] * third[i];
            line[i] = all + (scales[3] * fourth[i]);
        }
    }

    private static double OneDot(ReadOnlySpan<double> row, ReadOnlySpan<double> other)
    {
        Vector256<double> even = Vector256<double>.Zero;
        Vector256<double> odd = Vector256<double>.Zero;
        for (int i = 0; i < row.Length; i += Step)
        {
            even += Vector256.Create(row[i..]) * Vector256.Create(other[i..]);
            odd += Vector256.Create(row[(i + Half)..]) * Vector256.Create(other[(i + Half)..]);
        }

        return Vector256.Sum(even + odd);
    }
}
