using LeadPredict.Scoring.Reasons;

namespace LeadPredict.Scoring.Leads;

/// <summary>A reason in numbers.</summary>
/// <param name="Feature">The strongest feature of the thing, by its place in the schema, or <see cref="AllOthers"/>.</param>
/// <param name="Value">The feature's value; NaN is missing.</param>
/// <param name="Contribution">What the thing adds, in log-odds before calibration.</param>
/// <param name="Phrase">What is said of the value; null for all others.</param>
public readonly record struct SheetReason(int Feature, float Value, double Contribution, ReasonPhrase? Phrase)
{
    /// <summary>The feature of the line for the rest taken together.</summary>
    public const int AllOthers = -1;

    /// <summary>Whether the value is shown as <see cref="ReasonPhrase.Shown"/> has it; else by its own number.</summary>
    public bool IsShownAsSaid => Phrase is { } phrase && BitConverter.SingleToUInt32Bits(Value) == phrase.Bits;
}
