using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>By how much the loss of one score exceeds that of another on the same rows.</summary>
/// <param name="Mean">The weighted mean gap.</param>
/// <param name="Error">Its standard error, with the rows of one group taken together.</param>
internal readonly record struct PairedGap(double Mean, double Error)
{
    /// <summary>Measures it.</summary>
    /// <param name="table">Weights and groups by row.</param>
    /// <param name="rows">The rows to measure on.</param>
    /// <param name="gap">The gap of a row.</param>
    public static PairedGap Of(TrainingTable table, IReadOnlyCollection<int> rows, Func<int, double> gap)
    {
        double weight = rows.Sum(row => (double)table.Weights[row]);
        double mean = rows.Sum(row => table.Weights[row] * gap(row)) / weight;
        var deviations = new Dictionary<int, double>();
        foreach (int row in rows)
        {
            int group = table.Groups[row];
            deviations[group] = deviations.GetValueOrDefault(group) + (table.Weights[row] * (gap(row) - mean));
        }

        return new(mean, Math.Sqrt(deviations.Values.Sum(deviation => deviation * deviation)) / weight);
    }
}
