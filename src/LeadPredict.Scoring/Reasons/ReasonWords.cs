using System.Buffers.Text;
using System.Text.Json;
using LeadPredict.Features;

namespace LeadPredict.Scoring.Reasons;

/// <summary>
/// What reasons say. Counts, categories and whole days come again from lead to lead, so words are kept where they were made: a fixed number of places
/// a feature, each taken over by the next value that falls on it. Holds nothing but what features tell. Safe to use from many threads.
/// </summary>
/// <param name="extractor">What describes features.</param>
internal sealed class ReasonWords(FeatureExtractor extractor)
{
    private const int PlaceBits = 7;
    private const int Places = 1 << PlaceBits;
    private const int LongestNumber = 32;
    private readonly ReasonPhrase?[][] _known = [.. extractor.Schema.Features.Select(_ => new ReasonPhrase?[Places])];

    /// <summary>What is said of a feature's value.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="value">Its value.</param>
    public ReasonPhrase Of(int feature, float value)
    {
        float grain = extractor.Grain(feature, value);
        uint bits = BitConverter.SingleToUInt32Bits(grain);
        ref ReasonPhrase? place = ref _known[feature][(bits * 0x9E3779B1) >> (32 - PlaceBits)];
        if (Volatile.Read(ref place) is { } known && known.Bits == bits)
        {
            return known;
        }

        object? shown = Shown(feature, grain);
        var made = new ReasonPhrase(bits, shown, Json(shown), extractor.Describe(feature, grain));
        Volatile.Write(ref place, made);
        return made;
    }

    /// <summary>A feature's value as it is shown.</summary>
    public object? Shown(int feature, float value) => extractor.Schema.Features[feature] switch
    {
        _ when float.IsNaN(value) => null,
        { Kind: FeatureKind.Categorical } categorical => categorical.Categories[(int)value],
        _ => value,
    };

    private static byte[] Json(object? shown)
    {
        if (shown is not float number)
        {
            return JsonSerializer.SerializeToUtf8Bytes(shown as string);
        }

        Span<byte> digits = stackalloc byte[LongestNumber];
        return float.IsFinite(number) && Utf8Formatter.TryFormat(number, digits, out int length) ? digits[..length].ToArray() : [];
    }
}
