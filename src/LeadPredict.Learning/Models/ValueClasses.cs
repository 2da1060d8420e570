using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Models;

/// <summary>
/// The classes of a column's values that an ensemble's questions tell apart: stretches between thresholds, or codes. The last class is that of
/// missing values.
/// </summary>
/// <remarks>Immutable.</remarks>
internal sealed class ValueClasses
{
    private const int Width = 16;
    private readonly float[] _thresholds;
    private readonly float[] _fine;
    private readonly float[] _coarse = new float[Width];
    private readonly int _codes;

    private ValueClasses(int column, float[] thresholds, int codes)
    {
        Column = column;
        _thresholds = thresholds;
        _codes = codes;
        Count = (codes > 0 ? codes + 1 : thresholds.Length + 1) + 1;

        // Values are held below infinity, so what fills up is never at or below one.
        _fine = new float[thresholds.Length < Width * Width ? Width * Width : 0];
        Array.Fill(_fine, float.PositiveInfinity);
        thresholds.AsSpan(0, Math.Min(thresholds.Length, _fine.Length)).CopyTo(_fine);
        for (int block = 0; block < Width && _fine.Length > 0; block++)
        {
            _coarse[block] = _fine[(block * Width) + Width - 1];
        }
    }

    /// <summary>The column of the row.</summary>
    public int Column { get; }

    /// <summary>The number of classes, that of missing values included.</summary>
    public int Count { get; }

    /// <summary>Classes of numbers: 0 below the first threshold, i from the i-th on.</summary>
    /// <param name="column">The column of the row.</param>
    /// <param name="thresholds">Finite, strictly increasing.</param>
    public static ValueClasses OfNumbers(int column, float[] thresholds) => new(column, thresholds, 0);

    /// <summary>Classes of a category: one a code, and one for all values that are none.</summary>
    /// <param name="column">The column of the row.</param>
    /// <param name="codes">How many codes are told apart, at least 1.</param>
    public static ValueClasses OfCodes(int column, int codes) => new(column, [], codes);

    /// <summary>The classes of each column asked about, in increasing order; null when a column is asked both as number and as category.</summary>
    public static ValueClasses[]? AskedBy(TreeArrays arrays)
    {
        int[] asked = Distinct([.. arrays.Feature.Where(feature => feature >= 0)]);
        List<float>[] thresholds = Array.ConvertAll(asked, _ => new List<float>());
        var codes = new int[asked.Length];
        for (int node = 0; node < arrays.Feature.Length; node++)
        {
            if (arrays.Feature[node] < 0)
            {
                continue;
            }

            int place = Array.BinarySearch(asked, arrays.Feature[node]);
            int start = arrays.CategoryStart[node];
            if (start >= 0)
            {
                codes[place] = Math.Max(codes[place], CodesOf(arrays.CategoryWords.AsSpan(start + 1, (int)arrays.CategoryWords[start])));
            }
            else
            {
                thresholds[place].Add(arrays.Threshold[node]);
            }
        }

        var classes = new ValueClasses[asked.Length];
        for (int i = 0; i < classes.Length; i++)
        {
            if (thresholds[i].Count > 0 && codes[i] > 0)
            {
                return null;
            }

            classes[i] = codes[i] > 0
                ? OfCodes(asked[i], codes[i])
                : OfNumbers(asked[i], Distinct([.. thresholds[i]]));
        }

        return classes;
    }

    /// <summary>A value of each class, NaN for the last.</summary>
    public float Example(int index) => index == Count - 1 ? float.NaN
        : _codes > 0 ? index < _codes ? index : -1
        : index == 0 ? float.NegativeInfinity : _thresholds[index - 1];

    /// <summary>The class of a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(float value)
    {
        if (float.IsNaN(value))
        {
            return Count - 1;
        }

        return _fine.Length > 0 && _codes == 0 ? OfNumber(Math.Min(value, float.MaxValue)) : OfOther(value);
    }

    /// <summary>How many thresholds are at or below the value: sixteen at a time, first every sixteenth, then the sixteen that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int OfNumber(float value)
    {
        Vector512<float> asked = Vector512.Create(value);
        Vector512<float> coarse = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_coarse));
        int block = Width * BitOperations.PopCount(Vector512.LessThanOrEqual(coarse, asked).ExtractMostSignificantBits());
        Vector512<float> fine = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_fine), (nuint)block);
        return block + BitOperations.PopCount(Vector512.LessThanOrEqual(fine, asked).ExtractMostSignificantBits());
    }

    private int OfOther(float value)
    {
        if (_codes > 0)
        {
            return value >= 0 && value < _codes ? (int)value : _codes;
        }

        int found = _thresholds.AsSpan().BinarySearch(value);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>How many codes a set tells apart: none above its last is in it.</summary>
    private static int CodesOf(ReadOnlySpan<uint> words)
    {
        int last = words.LastIndexOfAnyExcept(0u);
        return last < 0 ? 1 : (32 * last) + BitOperations.Log2(words[last]) + 1;
    }

    /// <summary>Sorts numbers and leaves out what comes again.</summary>
    private static T[] Distinct<T>(T[] numbers)
        where T : struct, IEquatable<T>
    {
        Array.Sort(numbers);
        int count = 0;
        foreach (T number in numbers)
        {
            if (count == 0 || !number.Equals(numbers[count - 1]))
            {
                numbers[count++] = number;
            }
        }

        return numbers[..count];
    }
}
