using LeadPredict.Features;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Scoring.Reasons;

/// <summary>
/// What reasons say. Counts, categories and whole days come again from lead to lead, so words are kept where they were made: a fixed number of places
/// a feature, each taken over by the next value that falls on it. Holds nothing but what features tell. Safe to use from many threads.
/// </summary>
/// <param name="extractor">What describes features.</param>
internal sealed class ReasonWords(FeatureExtractor extractor)
{
    private const int Places = 32;
    private readonly Words?[][] _known = [.. extractor.Schema.Features.Select(_ => new Words?[Places])];

    /// <summary>The reason of a feature.</summary>
    /// <param name="group">The thing that the feature is made of.</param>
    /// <param name="feature">Its strongest feature.</param>
    /// <param name="value">The feature's value.</param>
    /// <param name="contribution">What the thing adds.</param>
    public ScoreReason Of(string group, int feature, float value, double contribution)
    {
        Words words = Find(feature, value);
        object? shown = BitConverter.SingleToUInt32Bits(value) == words.Bits ? words.Shown : Shown(feature, value);
        return new(group, shown, contribution, contribution > 0 ? words.For : words.Against);
    }

    private Words Find(int feature, float value)
    {
        float grain = extractor.Grain(feature, value);
        uint bits = BitConverter.SingleToUInt32Bits(grain);
        ref Words? place = ref _known[feature][(bits * 0x9E3779B1) >> (32 - 5)];
        if (Volatile.Read(ref place) is { } known && known.Bits == bits)
        {
            return known;
        }

        string text = extractor.Describe(feature, grain);
        var made = new Words(bits, Shown(feature, grain), text + ": speaks for it", text + ": speaks against it");
        Volatile.Write(ref place, made);
        return made;
    }

    private object? Shown(int feature, float value) => extractor.Schema.Features[feature] switch
    {
        _ when float.IsNaN(value) => null,
        { Kind: FeatureKind.Categorical } categorical => categorical.Categories[(int)value],
        _ => value,
    };

    /// <summary>Words of one value.</summary>
    /// <param name="Bits">The value's bits.</param>
    /// <param name="Shown">The value as it is shown.</param>
    /// <param name="For">What is said when it speaks for the lead.</param>
    /// <param name="Against">What is said when it speaks against it.</param>
    private sealed record Words(uint Bits, object? Shown, string For, string Against);
}
