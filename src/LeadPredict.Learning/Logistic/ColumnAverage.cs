using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Logistic;

/// <summary>What a term adds on average: the point that explanations measure from.</summary>
internal static class ColumnAverage
{
    /// <param name="term">Its own average has no part in it.</param>
    /// <param name="values">One a row.</param>
    /// <param name="weights">How much each row counts, as in learning: else a lead at the hand-over would be measured against nurturing.</param>
    public static double Of(LinearTerm term, ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        double sum = 0;
        double all = 0;
        for (int row = 0; row < values.Length; row++)
        {
            sum += weights[row] * term.Score(values[row]);
            all += weights[row];
        }

        return all > 0 ? sum / all : 0;
    }
}
