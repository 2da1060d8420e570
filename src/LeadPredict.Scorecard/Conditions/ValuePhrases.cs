using LeadPredict.Funnel.Leads;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>
/// What was said of values, which come again from lead to lead: a fixed number of places, each taken over by the next value that falls on it. What may
/// be an address is nobody's to remember and said anew each time. Safe to use from many threads.
/// </summary>
/// <param name="say">What is said of a value.</param>
internal sealed class ValuePhrases(Func<AttributeValue, string> say)
{
    private const int Places = 1024;
    private Said?[]? _said;

    /// <summary>What is said of a value.</summary>
    public Phrase Of(AttributeValue value)
    {
        ref Said? place = ref (_said ??= new Said?[Places])[(uint)value.GetHashCode() % Places];
        if (Volatile.Read(ref place) is { } known && known.Value == value)
        {
            return known.Phrase;
        }

        Phrase phrase = Phrase.Of(say(value));
        if (value.Text?.Contains('@', StringComparison.Ordinal) != true)
        {
            Volatile.Write(ref place, new(value, phrase));
        }

        return phrase;
    }

    private sealed record Said(AttributeValue Value, Phrase Phrase);
}
