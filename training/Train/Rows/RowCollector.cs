using LeadPredict.Artifacts.Format;
using LeadPredict.Features;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Training.Train.Rows;

/// <summary>Collects feature rows one by one into the columns that the learner takes.</summary>
internal sealed class RowCollector(FeatureSchema schema)
{
    private readonly List<float>[] _columns = [.. schema.Features.Select(_ => new List<float>())];
    private readonly List<byte> _labels = [];
    private readonly List<float> _weights = [];
    private readonly List<int> _groups = [];

    public int Count => _labels.Count;

    public IReadOnlyList<byte> Labels => _labels;

    public IReadOnlyList<int> Groups => _groups;

    /// <summary>Adds one row.</summary>
    /// <param name="row">One float a feature.</param>
    /// <param name="label">Whether it converted.</param>
    /// <param name="weight">How much it counts; positive.</param>
    /// <param name="group">Rows of one group never part.</param>
    public void Add(ReadOnlySpan<float> row, bool label, float weight, int group)
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            _columns[column].Add(row[column]);
        }

        _labels.Add(label ? (byte)1 : (byte)0);
        _weights.Add(weight);
        _groups.Add(group);
    }

    public TrainingTable ToTable() => new(
        new FeatureTable(SchemaColumns.Of(schema), [.. _columns.Select(column => column.ToArray())], Count),
        [.. _labels],
        [.. _weights],
        [.. _groups]);
}
