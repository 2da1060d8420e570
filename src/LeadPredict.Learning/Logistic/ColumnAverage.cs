using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Logistic;

/// <summary>What a term adds on average: the point that explanations measure from.</summary>
internal static class ColumnAverage
{
    public static double Of(LinearTerm term, ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += term.Score(value);
        }

        return sum / Math.Max(1, values.Length);
    }
}
