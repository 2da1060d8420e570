using LeadPredict.Artifacts.Format;
using LeadPredict.Features;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Training.Train.Rows;

/// <summary>Collects feature rows one by one into the columns that the learner takes.</summary>
/// <remarks>
/// Columns grow in pieces, and each is put together and its pieces let go before the next: the rows never lie in memory twice.
/// </remarks>
internal sealed class RowCollector(FeatureSchema schema)
{
    private const int PieceLength = 4096;
    private readonly List<float[]>[] _columns = [.. schema.Features.Select(_ => new List<float[]>())];
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
        int place = Count % PieceLength;
        for (int column = 0; column < _columns.Length; column++)
        {
            if (place == 0)
            {
                _columns[column].Add(new float[PieceLength]);
            }

            _columns[column][^1][place] = row[column];
        }

        _labels.Add(label ? (byte)1 : (byte)0);
        _weights.Add(weight);
        _groups.Add(group);
    }

    /// <summary>The rows as a table; the collector is empty after that.</summary>
    public TrainingTable ToTable()
    {
        int count = Count;
        var table = new TrainingTable(
            new FeatureTable(SchemaColumns.Of(schema), [.. _columns.Select(pieces => Join(pieces, count))], count), [.. _labels], [.. _weights], [.. _groups]);
        _labels.Clear();
        _weights.Clear();
        _groups.Clear();
        return table;
    }

    private static float[] Join(List<float[]> pieces, int count)
    {
        float[] column = GC.AllocateUninitializedArray<float>(count);
        for (int piece = 0; piece < pieces.Count; piece++)
        {
            int start = piece * PieceLength;
            pieces[piece].AsSpan(0, Math.Min(PieceLength, count - start)).CopyTo(column.AsSpan(start));
        }

        pieces.Clear();
        return column;
    }
}
