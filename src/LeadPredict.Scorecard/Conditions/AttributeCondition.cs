using LeadPredict.Funnel.Leads;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>The latest known value of an attribute passes a test; an attribute never set is missing.</summary>
/// <param name="name">The attribute's name.</param>
/// <param name="number">Its number among the attributes that the card names.</param>
/// <param name="test">The test.</param>
internal sealed class AttributeCondition(string name, int number, ValueTest test) : Condition
{
    // Many rules look for words in one text, which is then taken apart once.
    private readonly WordsTest? _words = test as WordsTest;
    private readonly ValuePhrases _phrases = new(value => Because(name, test, value));

    // Around a number that is said: numbers come in thousands.
    private readonly Phrase? _beforeNumber = test is MissingTest ? null : Phrase.Of($"{name} is \"");
    private readonly Phrase _afterNumber = Phrase.Of("\"");

    public override string Subject => $"attribute {name}";

    public override bool Holds(RuleFacts facts) => _words is { } words ? words.Passes(facts.Words(number)) : test.Passes(facts.Attribute(number));

    public override string Describe() => Describe(name, test);

    public override string Because(RuleFacts facts) => Because(name, test, facts.Attribute(number));

    public override PhraseParts Say(RuleFacts facts)
    {
        AttributeValue value = facts.Attribute(number);
        return _beforeNumber is { } before && value.Kind == AttributeKind.Number && IsPlain(value.Number)
            ? new(before.Json, (int)value.Number, _afterNumber.Json)
            : new(_phrases.Of(value).Json);
    }

    /// <summary>Whether a number is written with its digits alone.</summary>
    private static bool IsPlain(double number) => number is > 0 and < 1e9 && number == (int)number;

    private static string Describe(string name, ValueTest test) => $"{name} {test.Describe()}";

    private static string Because(string name, ValueTest test, AttributeValue value) =>
        test is MissingTest ? Describe(name, test) : $"{name} is {Evidence.Quote(value.ToString())}";
}

/// <summary>The lead came from one of the listed sources; empty text in the list stands for a source that is not known.</summary>
internal sealed class SourceCondition(IReadOnlyList<string> sources) : Condition
{
    private readonly string[] _sources = [.. sources];
    private readonly ValuePhrases _phrases = new(source => Because(source.Text));

    public override string Subject => "source";

    public override bool Holds(RuleFacts facts)
    {
        ReadOnlySpan<char> source = facts.Snapshot.Lead.Source.AsSpan().Trim();
        foreach (string listed in _sources)
        {
            if (source.Equals(listed, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public override string Describe() =>
        $"the source is {string.Join(" or ", sources.Select(source => source.Length == 0 ? "not known" : source))}";

    public override string Because(RuleFacts facts) => Because(facts.Snapshot.Lead.Source);

    public override PhraseParts Say(RuleFacts facts) => new(_phrases.Of(facts.Snapshot.Lead.Source is { } source ? AttributeValue.Of(source) : default).Json);

    private static string Because(string? source) => string.IsNullOrWhiteSpace(source) ? "the source is not known" : $"the source is {Evidence.Quote(source)}";
}
