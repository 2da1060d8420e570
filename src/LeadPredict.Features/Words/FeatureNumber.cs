namespace LeadPredict.Features.Words;

/// <summary>Numbers as features have them: of 32 bits, and finite where they are known.</summary>
public static class FeatureNumber
{
    /// <summary>
    /// The largest number that a feature can be. Larger ones are taken for it, and likewise below zero. The largest number of 32 bits is the next one: trees have
    /// it for the question whether there is any number at all.
    /// </summary>
    public const float Largest = 3.4028233E+38f;

    /// <summary>The nearest that a feature can be; NaN stays NaN, a missing value.</summary>
    public static float Of(double number) => (float)Math.Clamp(number, -Largest, Largest);
}
