using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Leads;
using LeadPredict.Learning.Calibration;
using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Training.Compare;

/// <summary>Logged scores of one question with what became of the leads.</summary>
internal sealed class LogRows
{
    private readonly List<(string Lead, int Group, bool Converted, double Probability, double Points, double Rules)> _rows = [];

    /// <summary>How many are not decided yet.</summary>
    public int Undecided { get; private set; }

    public void Add(LeadHistory lead, int group, Label? label, double probability, double points, CalibrationCurve? curve)
    {
        if (label is null or Label.Censored)
        {
            Undecided++;
        }
        else if (curve is not null)
        {
            _rows.Add((lead.Lead.Id, group, label == Label.Converted, probability, points, curve.Probability(points)));
        }
    }

    /// <summary>Model against rules, or null when no lead is decided.</summary>
    public ComparisonReport? Compare(int seed) => _rows.Count == 0 ? null : ModelComparison.Compare(
        new()
        {
            Labels = [.. _rows.Select(row => row.Converted ? (byte)1 : (byte)0)],
            ModelProbabilities = [.. _rows.Select(row => row.Probability)],
            ScorecardPoints = [.. _rows.Select(row => row.Points)],
            ScorecardProbabilities = [.. _rows.Select(row => row.Rules)],
            Groups = [.. _rows.Select(row => row.Group)],
            LeadIds = [.. _rows.Select(row => row.Lead)],
        },
        seed);
}
