using System.Globalization;

namespace LeadPredict.Training.Csv;

/// <summary>How a number was written: two cells of one column written alike have the same text exactly when they have the same value.</summary>
[Flags]
internal enum NumberShapes
{
    None = 0,

    /// <summary>A whole number without sign of plus, leading zeros or point: <c>-17</c>.</summary>
    Whole = 1,

    /// <summary>Such a number with <c>.0</c> after it, as pandas writes whole numbers beside missing ones.</summary>
    PointZero = 2,

    /// <summary>Anything else.</summary>
    Other = 4,
}

/// <summary>Reads a number from the bytes of a cell, to the same bits as from its text.</summary>
internal static class NumberCell
{
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 16).Select(power => Math.Pow(10, power))];

    /// <summary>Reads digits with at most one point and a minus before them: nearly all cells that tables of numbers have.</summary>
    /// <param name="bytes">The text; something other than a digit or a point follows the cell.</param>
    /// <param name="at">Where the cell begins; moved past what was read.</param>
    /// <param name="number">The number.</param>
    /// <param name="shape">How it was written.</param>
    /// <returns>Whether digits were read; the caller looks at what follows.</returns>
    public static bool TryPlain(ReadOnlySpan<byte> bytes, ref int at, out double number, out NumberShapes shape)
    {
        int start = at;
        bool negative = bytes[at] == '-';
        int i = negative ? at + 1 : at;
        int first = i;
        long digits = 0;
        while ((uint)(bytes[i] - '0') <= 9 && i - first < 15)
        {
            digits = (digits * 10) + (bytes[i++] - '0');
        }

        int whole = i - first;
        int decimals = 0;
        if (bytes[i] == '.')
        {
            int point = i++;
            while ((uint)(bytes[i] - '0') <= 9 && whole + decimals < 15)
            {
                digits = (digits * 10) + (bytes[i++] - '0');
                decimals++;
            }

            if (decimals == 0 || whole == 0 || i - point < 2)
            {
                number = 0;
                shape = NumberShapes.Other;
                return false;
            }
        }

        at = i;
        bool canonical = (bytes[first] != '0' || whole == 1) && !(negative && digits == 0);
        shape = !canonical ? NumberShapes.Other
            : decimals == 0 ? NumberShapes.Whole
            : decimals == 1 && bytes[i - 1] == '0' ? NumberShapes.PointZero : NumberShapes.Other;

        // Fifteen digits and a power of ten up to the fifteenth are exact, so one division rounds as the text does (Clinger, 1990).
        double magnitude = digits / PowersOfTen[decimals];
        number = negative ? -magnitude : magnitude;
        return whole > 0 && at > start;
    }

    /// <summary>Reads a trimmed cell of any other writing by the rules of the feature extractor, but for a per-cent sign.</summary>
    public static bool TryAny(ReadOnlySpan<byte> cell, out double number)
    {
        number = double.NaN;
        return cell.Length > 0 && ((uint)(cell[0] - '0') <= 9 || cell[0] is (byte)'-' or (byte)'+' or (byte)'.')
            && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
