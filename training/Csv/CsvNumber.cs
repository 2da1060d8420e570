using System.Globalization;
using System.Text.RegularExpressions;

namespace LeadPredict.Training.Csv;

/// <summary>Numbers as people export them: <c>1,234.5</c>, <c>1.234,5</c>, <c>1 234</c>, <c>$ 90</c>, <c>1e3</c>. Finite only.</summary>
internal static partial class CsvNumber
{
    private const string Currencies = "$€£¥";

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The cell; surrounding blanks are ignored.</param>
    /// <param name="decimalMark"><c>.</c> or <c>,</c>; the other one marks thousands and must part groups of three after one to three digits that do not begin with 0.</param>
    /// <param name="number">The number, or 0.</param>
    public static bool TryRead(ReadOnlySpan<char> cell, char decimalMark, out double number)
    {
        ReadOnlySpan<char> text = cell.Trim();
        if (decimalMark == '.' && TryPlain(text, out number))
        {
            return true;
        }

        text = text.Trim(Currencies).Trim();
        Span<char> plain = stackalloc char[64];
        int length = 0;
        int sinceMark = -1;
        bool fraction = false;
        foreach (char unit in text.Length <= plain.Length ? text : [])
        {
            if (!fraction && IsThousands(unit, decimalMark))
            {
                if (sinceMark < 0 ? !BeginsGroups(plain[..length]) : sinceMark != 3)
                {
                    length = 0;
                    break;
                }

                sinceMark = 0;
                continue;
            }

            if (unit == decimalMark)
            {
                if (fraction || sinceMark is >= 0 and not 3)
                {
                    length = 0;
                    break;
                }

                fraction = true;
                sinceMark = -1;
                plain[length++] = '.';
                continue;
            }

            if (sinceMark >= 0 && !char.IsAsciiDigit(unit))
            {
                length = 0; // no group: of 1.5E7 with a decimal comma the point is the decimal mark
                break;
            }

            plain[length++] = unit;
            sinceMark = sinceMark >= 0 ? sinceMark + 1 : -1;
        }

        number = 0;
        return length > 0 && sinceMark is -1 or 3 && TryPlain(plain[..length], out number);
    }

    /// <summary>Reads a cell that is written as a program writes a number. What may as well be a postal code, a telephone number or an identifier is none.</summary>
    /// <param name="cell">The cell as it stands.</param>
    /// <param name="decimalMark"><c>.</c> or <c>,</c>; nothing marks thousands.</param>
    /// <param name="number">The number, or 0.</param>
    public static bool TryReadPlain(ReadOnlySpan<char> cell, char decimalMark, out double number)
    {
        number = 0;
        return Plain().IsMatch(cell) && !cell.Contains(decimalMark == '.' ? ',' : '.') && TryRead(cell, decimalMark, out number);
    }

    // More digits than a double holds tell an identifier; an exponent without fraction or sign may be a code such as 12E5.
    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,14})([.,][0-9]+(E[+-]?[0-9]+)?|E[+-][0-9]+)?\z")]
    private static partial Regex Plain();

    /// <summary>Whether digits may stand before groups of three: those of 0,125 and 1234,567 tell of another decimal mark.</summary>
    private static bool BeginsGroups(ReadOnlySpan<char> first) => first.TrimStart("+-") is { Length: >= 1 and <= 3 } digits
        && digits[0] != '0' && !digits.ContainsAnyExceptInRange('0', '9');

    private static bool IsThousands(char unit, char decimalMark) =>
        unit is ' ' or '\u00a0' or '\u202f' or '\'' || unit == (decimalMark == '.' ? ',' : '.');

    private static bool TryPlain(ReadOnlySpan<char> text, out double number)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number))
        {
            return true;
        }

        number = 0;
        return false;
    }
}
