namespace LeadPredict.Scorecard.Conditions;

/// <summary>Something that holds of a snapshot or does not. Immutable, pure and safe to share between threads.</summary>
internal abstract class Condition
{
    /// <summary>What it looks at, so that conditions on the same thing can be told: an attribute by name, touches, the source or the stage; of several the first.</summary>
    public abstract string Subject { get; }

    /// <summary>Whether it holds, by what the snapshot knows and nothing else. Allocates nothing.</summary>
    public abstract bool Holds(RuleFacts facts);

    /// <summary>The condition in plain words, for example <c>employees is at least 50 and below 1000</c>.</summary>
    public abstract string Describe();

    /// <summary>What the snapshot shows that makes the condition hold; called only when it does.</summary>
    public abstract string Because(RuleFacts facts);

    /// <summary>The same as it stands in JSON, made once where it comes again from lead to lead.</summary>
    public virtual PhraseParts Say(RuleFacts facts) => new(Phrase.Of(Because(facts)).Json);
}
