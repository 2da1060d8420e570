using System.Globalization;

namespace LeadPredict.Features.Words;

/// <summary>Numbers as tables write them: the invariant culture, an exponent, a trailing per-cent sign. No grouping, since "1,5" is two things.</summary>
internal static class NumberText
{
    /// <summary>Whether the text is a finite number. A per-cent sign is dropped, not divided by.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double number)
    {
        text = text.Trim();
        if (text.Length > 1 && text[^1] == '%')
        {
            text = text[..^1];
        }

        if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number))
        {
            return true;
        }

        number = double.NaN;
        return false;
    }

    /// <summary>As a float that is finite, or NaN.</summary>
    public static float ToFloat(double number) =>
        double.IsNaN(number) ? float.NaN : (float)Math.Clamp(number, float.MinValue, float.MaxValue);
}
