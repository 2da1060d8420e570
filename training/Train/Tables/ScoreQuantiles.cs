using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;

namespace LeadPredict.Training.Train.Tables;

/// <summary>The 0, 1, ... 100 % quantiles of the final probability: what a later score's percentile is read from.</summary>
internal static class ScoreQuantiles
{
    private const int MostRows = 20_000;

    /// <summary>
    /// Of the out-of-fold probabilities, or, when there are none, of the model's own on at most 20,000 training rows, evenly taken: those
    /// spread a little wider than later ones will, which moves a percentile but is no claim of quality.
    /// </summary>
    public static double[] Of(TrainedModel trained, FeatureTable rows) =>
        Percentiles.Of(trained.OutOfFoldProbability.Length > 0 ? trained.OutOfFoldProbability : Scored(trained.Model, rows));

    private static double[] Scored(ScoreModel model, FeatureTable rows)
    {
        var probabilities = new double[Math.Min(MostRows, rows.RowCount)];
        int width = rows.Columns.Count;
        var values = new float[probabilities.Length * width];
        for (int i = 0; i < probabilities.Length; i++)
        {
            rows.CopyRow((int)((long)i * rows.RowCount / probabilities.Length), values.AsSpan(i * width, width));
        }

        model.RawScores(values, probabilities);
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = model.Probability(probabilities[i]);
        }

        return probabilities;
    }
}
