using System.Globalization;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Drift;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Drift;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Training.Drift;

/// <summary>Watches rows as they are scored and warns where they are not like those that the model learnt from.</summary>
internal sealed class DriftWatch
{
    private const int Named = 8;

    /// <summary>Odds this many times as high or low as in training are told.</summary>
    private const double OddsRatio = 2;

    /// <summary>99 % of a normal distribution lie nearer to its mean than so many deviations.</summary>
    private const double Z99 = 2.5758293035489004;

    private readonly DriftTally? _tally;
    private readonly double? _baseRate;
    private readonly long _trainingRows;

    // Rows of groups are held until all are there: a tally takes those of one group one after the other.
    private readonly int[]? _groups;
    private readonly List<float[]> _held = [];
    private double _expected;

    private DriftWatch(DriftTally? tally, double? baseRate, long trainingRows = 0, int[]? groups = null)
    {
        _tally = tally;
        _baseRate = baseRate;
        _trainingRows = trainingRows;
        _groups = groups;
    }

    /// <summary>A watch that keeps silent.</summary>
    public static DriftWatch Silent { get; } = new(null, null);

    /// <summary>What <c>metrics.json</c> keeps for later comparison.</summary>
    public static TrainingReference Reference(TrainingTable rows) =>
        new((double)rows.Positives / Math.Max(1, rows.RowCount), ColumnShape.Of(rows.Features), rows.RowCount);

    /// <summary>A watch for a model; one that keeps silent where the model was published without a reference.</summary>
    /// <param name="model">The model.</param>
    /// <param name="groups">The group of each row that will come, in order: rows of one group are alike, and so shift more by chance. Null of rows that have nothing in common.</param>
    public static DriftWatch For(ModelArtifact model, int[]? groups = null) =>
        TrainingReference.Of(model) is { } reference ? new(new(reference.Columns, reference.Rows), reference.BaseRate, reference.Rows, groups) : Silent;

    /// <summary>Takes note of a row and of the probability it was given.</summary>
    public void Observe(ReadOnlySpan<float> row, double probability)
    {
        if (_tally is null)
        {
            return;
        }

        _expected += probability;
        if (_groups is null)
        {
            _tally.Observe(row);
        }
        else
        {
            _held.Add(row.ToArray());
        }
    }

    /// <summary>The warnings, worst first, once all rows have come.</summary>
    /// <param name="observedRate">The share of the rows that converted, or null where that is not known.</param>
    public IReadOnlyList<string> Warnings(double? observedRate)
    {
        foreach (int row in Enumerable.Range(0, _held.Count).OrderBy(row => _groups![row]))
        {
            _tally!.Observe(_held[row], _groups![row].ToString(CultureInfo.InvariantCulture));
        }

        _held.Clear();
        if (_tally is not { Rows: >= DriftTally.LeastRows } tally)
        {
            return [];
        }

        List<string> warnings = [];
        double rate = observedRate ?? _expected / tally.Rows;
        if (_baseRate is { } then && Math.Abs(RateLogOdds(rate) - RateLogOdds(then)) > Math.Log(OddsRatio) && (observedRate is null || IsMoreThanChance(rate, then, tally.Rows)))
        {
            warnings.Add(FormattableString.Invariant(
                $"drift: {100 * rate:0.0} % of these rows {(observedRate is null ? "are expected to convert" : "converted")}, but {100 * then:0.0} % of the training rows did; probabilities may be off until the model is trained on newer rows."));
        }

        IReadOnlyList<ColumnDrift> findings = tally.Findings();
        warnings.AddRange(findings.Take(Named).Select(drift => FormattableString.Invariant(
            $"drift: '{drift.Column}' is not spread as in training (stability index {drift.StabilityIndex:0.00}; from {DriftTally.Major} on the shift is major).")));
        if (findings.Count > Named)
        {
            warnings.Add($"drift: {findings.Count - Named} more columns shifted as much.");
        }

        return warnings;
    }

    /// <summary>The score test of a share at 99 %; of rows in groups as many count as there are groups.</summary>
    private bool IsMoreThanChance(double rate, double then, long rows)
    {
        double cases = _groups?.Distinct().Count() ?? rows;
        double chance = then * (1 - then) * ((1 / cases) + (_trainingRows > 0 ? 1.0 / _trainingRows : 0));
        return (rate - then) * (rate - then) > Z99 * Z99 * chance;
    }

    private static double RateLogOdds(double rate) => LogOdds.Of(Math.Clamp(rate, 1e-6, 1 - 1e-6));
}
