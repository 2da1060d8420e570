namespace LeadPredict.Learning.Models;

/// <summary>The bounds of doubles among singles: comparing a single with one says the same as comparing it with the double.</summary>
internal static class SingleBound
{
    /// <summary>The least single that is not below a number.</summary>
    public static float AtLeast(double number) => (float)number is var single && single < number ? float.BitIncrement(single) : single;

    /// <summary>The largest single that is not above it.</summary>
    public static float AtMost(double number) => (float)number is var single && single > number ? float.BitDecrement(single) : single;
}
