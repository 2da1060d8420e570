using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>
/// How far a row's score may be off because the training rows are a sample: the delete-a-group jackknife variance
/// <c>(K - 1) / K Σ (score of fold k - their mean)²</c> over the K out-of-fold fits (Kott, "Using the delete-a-group jackknife variance
/// estimator", 1998).
/// </summary>
internal static class ScoreSpread
{
    /// <summary>The mean over a window of rows needs no more; they are taken at even steps.</summary>
    private const int MostRows = 5000;

    /// <summary>The variance in log-odds by row; NaN for rows that were passed over.</summary>
    /// <param name="fits">For each learner the fits of all folds.</param>
    /// <param name="blend">How the learners' scores become one.</param>
    /// <param name="table">The rows.</param>
    public static double[] Of(FittedScore[][] fits, ScoreBlend blend, FeatureTable table)
    {
        int step = EvenSample.Step(table.RowCount, MostRows);
        int folds = fits[0].Length;
        var variances = new double[table.RowCount];
        Array.Fill(variances, double.NaN);
        var row = new float[table.Columns.Count];
        var scores = new double[folds];
        for (int index = 0; index < table.RowCount; index += step)
        {
            table.CopyRow(index, row);
            for (int fold = 0; fold < folds; fold++)
            {
                scores[fold] = 0;
                for (int learner = 0; learner < fits.Length; learner++)
                {
                    scores[fold] += blend.Weights[learner] * fits[learner][fold].RawScore(row);
                }
            }

            double mean = scores.Average();
            variances[index] = (folds - 1.0) / folds * scores.Sum(score => (score - mean) * (score - mean));
        }

        return variances;
    }
}
