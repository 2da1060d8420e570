namespace LeadPredict.Learning.Models;

/// <summary>A model whose parts do not fit together, for example one read from a damaged file.</summary>
public sealed class ModelShapeException : LearningException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="part">The part at fault, for example <c>Trees.Left[17]</c>.</param>
    /// <param name="found">What was found there.</param>
    /// <param name="expected">What was expected there.</param>
    public ModelShapeException(string part, string found, string expected)
        : base($"The model's {part} is {found}; expected {expected}. Load it again from where it was published, or train it anew.")
    {
        Part = part;
        Found = found;
        Expected = expected;
    }

    /// <summary>The part at fault, for example <c>Trees.Left[17]</c>.</summary>
    public string Part { get; }

    /// <summary>What was found there.</summary>
    public string Found { get; }

    /// <summary>What was expected there.</summary>
    public string Expected { get; }

    internal static ModelShapeException Of(string part, double found, string expected) =>
        new(part, FormattableString.Invariant($"{found:R}"), expected);

    internal static double Finite(string part, double value) =>
        double.IsFinite(value) ? value : throw Of(part, value, "a finite number");
}
