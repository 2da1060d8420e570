using System.Buffers;
using System.Globalization;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>A question put to one value: an attribute's, a source's or a touch property's.</summary>
internal abstract class ValueTest
{
    /// <summary>Whether the value passes; a missing value passes no test but <see cref="MissingTest"/>.</summary>
    public abstract bool Passes(AttributeValue value);

    /// <summary>What follows the name in a sentence, for example <c>is one of DE, AT</c>.</summary>
    public abstract string Describe();

    /// <summary>Nothing, or text of blanks alone: exports write both for "not known".</summary>
    protected static bool IsBlank(AttributeValue value) =>
        value.IsMissing || (value.Text is { } text && string.IsNullOrWhiteSpace(text));
}

/// <summary>Equal to one of the listed values: text without regard to case and outer blanks, numbers by value.</summary>
internal sealed class OneOfTest(IReadOnlyList<AttributeValue> values) : ValueTest
{
    private readonly string[] _texts = [.. values.Select(value => value.ToString().Trim())];
    private readonly double[] _numbers = [.. values.Select(Numbers.Of).Where(double.IsFinite)];

    public override bool Passes(AttributeValue value) => !IsBlank(value)
        && ((value.Kind != AttributeKind.Number && IsListed(value.ToString())) || (_numbers.Length > 0 && _numbers.Contains(Numbers.Of(value))));

    public override string Describe() => _texts.Length == 1
        ? $"is {_texts[0]}"
        : $"is one of {string.Join(", ", _texts)}";

    private bool IsListed(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        foreach (string listed in _texts)
        {
            if (listed.Length == text.Length && text.Equals(listed, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Contains one of the listed texts anywhere, without regard to case.</summary>
internal sealed class ContainsTest(IReadOnlyList<string> parts) : ValueTest
{
    private readonly SearchValues<string> _parts = SearchValues.Create([.. parts], StringComparison.OrdinalIgnoreCase);

    public override bool Passes(AttributeValue value) => value.Text.AsSpan().ContainsAny(_parts);

    public override string Describe() => parts.Count == 1
        ? $"contains \"{parts[0]}\""
        : $"contains one of {string.Join(", ", parts.Select(part => $"\"{part}\""))}";
}

/// <summary>A number in the half-open range <c>[atLeast, below)</c>; an open side is infinite. Text that reads as a number counts.</summary>
internal sealed class RangeTest(double? atLeast, double? below) : ValueTest
{
    public override bool Passes(AttributeValue value) =>
        Numbers.Of(value) is var number && number >= (atLeast ?? double.NegativeInfinity) && number < (below ?? double.PositiveInfinity);

    public override string Describe() => (atLeast, below) switch
    {
        ({ } low, { } high) => $"is at least {Numbers.Write(low)} and below {Numbers.Write(high)}",
        ({ } low, null) => $"is at least {Numbers.Write(low)}",
        _ => $"is below {Numbers.Write(below ?? double.NaN)}",
    };
}

/// <summary>Not known (or known, when turned round). Blank text is not known.</summary>
internal sealed class MissingTest(bool missing) : ValueTest
{
    public override bool Passes(AttributeValue value) => IsBlank(value) == missing;

    public override string Describe() => missing ? "is not known" : "is known";
}

/// <summary>True or false; the texts true/yes/y/1 and false/no/n/0 count, since exports write booleans so.</summary>
internal sealed class TruthTest(bool expected) : ValueTest
{
    private static readonly string[] Yes = ["true", "yes", "y", "1"];
    private static readonly string[] No = ["false", "no", "n", "0"];

    public override bool Passes(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Boolean => value.Boolean == expected,
        AttributeKind.Number => value.Number == (expected ? 1 : 0),
        AttributeKind.Text => IsOneOf(expected ? Yes : No, value.Text.AsSpan().Trim()),
        _ => false,
    };

    public override string Describe() => expected ? "is true" : "is false";

    private static bool IsOneOf(string[] words, ReadOnlySpan<char> text)
    {
        foreach (string word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Numbers read from values and written for people, in the invariant culture.</summary>
internal static class Numbers
{
    /// <summary>The number, or the one that the text reads as, or NaN. Booleans are not numbers.</summary>
    public static double Of(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Number => value.Number,
        AttributeKind.Text when value.Text is [not (>= 'A' and <= 'z'), ..] && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) => number,
        _ => double.NaN,
    };

    /// <summary>Shortest form with up to three decimals.</summary>
    public static string Write(double number) => number == (int)number && number != 0
        ? ((int)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString("0.###", CultureInfo.InvariantCulture);
}
