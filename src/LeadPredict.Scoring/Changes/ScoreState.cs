using LeadPredict.Features;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Learning.Models;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Reasons;

namespace LeadPredict.Scoring.Changes;

/// <summary>One model's score of one snapshot, split among the features on the exact grid.</summary>
internal sealed class ScoreState
{
    private readonly float[] _row;
    private readonly double[] _contributions;

    private ScoreState(FeatureExtractor extractor, float[] row, double[] contributions, double start, double raw, double probability)
    {
        Extractor = extractor;
        _row = row;
        _contributions = contributions;
        Base = start;
        RawScore = raw;
        Probability = probability;
    }

    public FeatureExtractor Extractor { get; }

    /// <summary>The raw score that the contributions start from.</summary>
    public double Base { get; }

    /// <summary><see cref="Base"/> plus all contributions, but for rounding.</summary>
    public double RawScore { get; }

    public double Probability { get; }

    public int Count => _row.Length;

    public static ScoreState Of(CompiledModel compiled, ModelLink link, Snapshot snapshot)
    {
        ScoreModel model = ChangeLink.ModelOf(compiled, link)!;
        float[] row = new float[compiled.Extractor.Count];
        compiled.Extract(snapshot, row);
        double raw = model.RawScore(row);
        double[] contributions = new double[row.Length];
        double start = ExactGrid.Round(model.Explain(row, contributions));
        for (int i = 0; i < contributions.Length; i++)
        {
            contributions[i] = ExactGrid.Round(contributions[i]);
        }

        // The probability is that of an answer, to the last bit.
        return new(compiled.Extractor, row, contributions, start, ExactGrid.Round(raw), model.Probability(raw));
    }

    public FeatureDefinition Feature(int index) => Extractor.Schema.Features[index];

    public double Contribution(int index) => _contributions[index];

    public bool SameValue(ScoreState other, int index) => _row[index].Equals(other._row[index]);

    public string Words(int index) => Extractor.Describe(index, _row[index]);

    /// <summary>The value as it is shown: a number, a category's name, or null when missing.</summary>
    public object? Shown(int index) => float.IsNaN(_row[index]) ? null
        : Feature(index).Kind == FeatureKind.Categorical ? Feature(index).Categories[(int)_row[index]]
        : _row[index];
}
