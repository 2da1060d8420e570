using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>The latest known value of an attribute passes a test; an attribute never set is missing.</summary>
internal sealed class AttributeCondition(string name, ValueTest test) : Condition
{
    public override bool Holds(Snapshot snapshot) => test.Passes(Value(snapshot));

    public override string Describe() => $"{name} {test.Describe()}";

    public override string Because(Snapshot snapshot) => test is MissingTest
        ? Describe()
        : $"{name} is {Evidence.Quote(Value(snapshot).ToString())}";

    private AttributeValue Value(Snapshot snapshot) =>
        snapshot.Attributes.TryGetValue(name, out AttributeValue value) ? value : AttributeValue.Missing;
}

/// <summary>The lead came from one of the listed sources; empty text in the list stands for a source that is not known.</summary>
internal sealed class SourceCondition(IReadOnlyList<string> sources) : Condition
{
    public override bool Holds(Snapshot snapshot)
    {
        ReadOnlySpan<char> source = snapshot.Lead.Source.AsSpan().Trim();
        foreach (string listed in sources)
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

    public override string Because(Snapshot snapshot) => string.IsNullOrWhiteSpace(snapshot.Lead.Source)
        ? "the source is not known"
        : $"the source is {Evidence.Quote(snapshot.Lead.Source)}";
}
