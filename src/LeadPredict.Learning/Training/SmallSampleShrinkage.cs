using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Training;

/// <summary>
/// Pulls scores toward the base rate when one class has fewer than 100 examples: out-of-fold evidence that thin overstates how far apart
/// leads are about as often as not, and a confident wrong number costs more than a cautious one.
/// </summary>
internal static class SmallSampleShrinkage
{
    private const double Enough = 100;
    private const double KeptAtLeast = 0.8;

    /// <summary>Keeps all of the spread from 100 examples on, four fifths at the fewest allowed, and in proportion between.</summary>
    public static ScoreBlend Apply(ScoreBlend blend, TrainingTable table)
    {
        const double Fewest = InsufficientExamplesException.Needed;
        double scarcer = Math.Min(table.Positives, table.Negatives);
        if (scarcer >= Enough)
        {
            return blend;
        }

        double kept = KeptAtLeast + ((1 - KeptAtLeast) * Math.Max(0, scarcer - Fewest) / (Enough - Fewest));
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        double baseRate = LogisticLoss.BestConstant(table.Labels, table.Weights, rows);
        return new ScoreBlend(
            (kept * blend.Intercept) + ((1 - kept) * baseRate), [.. blend.Weights.Select(weight => kept * weight)]);
    }
}
