using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Learning.Leaks;

/// <summary>Rows of either class and groups for each value of a column.</summary>
internal sealed class ValueCounts
{
    private readonly int[] _positives;
    private readonly int[] _negatives;
    private readonly int[] _groups;

    private ValueCounts(int[] positives, int[] negatives, int[] groups)
    {
        _positives = positives;
        _negatives = negatives;
        _groups = groups;
    }

    public static ValueCounts Of(ColumnCells cells, byte[] labels, int[] groupOf)
    {
        var counts = new ValueCounts(new int[cells.Count], new int[cells.Count], new int[cells.Count]);

        // Where every row is a group of its own there is nothing to tell apart.
        HashSet<(int Cell, int Group)>? seen = GroupFolds.AreRows(groupOf) ? null : [];
        for (int row = 0; row < labels.Length; row++)
        {
            int cell = cells.Cell[row];
            counts._positives[cell] += labels[row];
            counts._negatives[cell] += 1 - labels[row];
            counts._groups[cell] += seen is null || seen.Add((cell, groupOf[row])) ? 1 : 0;
        }

        return counts;
    }

    /// <summary>See <see cref="ColumnScreening.PureShare"/>; both classes have rows.</summary>
    public double PureShare(int positiveGroups, int negativeGroups, LeakThresholds thresholds)
    {
        double positiveShare = (double)positiveGroups / (positiveGroups + negativeGroups);
        int purePositives = 0;
        int pureNegatives = 0;
        for (int cell = ColumnCells.Missing + 1; cell < _groups.Length; cell++)
        {
            if (_negatives[cell] == 0 && thresholds.IsMoreThanChance(_groups[cell], positiveShare))
            {
                purePositives += _positives[cell];
            }
            else if (_positives[cell] == 0 && thresholds.IsMoreThanChance(_groups[cell], 1.0 - positiveShare))
            {
                pureNegatives += _negatives[cell];
            }
        }

        return Math.Max((double)purePositives / _positives.Sum(), (double)pureNegatives / _negatives.Sum());
    }

    /// <summary>See <see cref="ColumnScreening.ValueOddsRatio"/>; both classes have rows.</summary>
    public double StrongestOddsRatio(LeakThresholds thresholds)
    {
        double odds = (double)_positives.Sum() / _negatives.Sum();
        double strongest = 0.0;
        for (int cell = ColumnCells.Missing + 1; cell < _groups.Length; cell++)
        {
            if (_groups[cell] >= thresholds.MinimumGroups)
            {
                double rate = (double)_positives[cell] / (_positives[cell] + _negatives[cell]);
                (double low, double high) = WilsonInterval.Of(rate * _groups[cell], _groups[cell]);
                strongest = Math.Max(strongest, Math.Max(low / (1.0 - low) / odds, (1.0 - high) / high * odds));
            }
        }

        return strongest;
    }
}
