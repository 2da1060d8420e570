using System.Collections.Immutable;
using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Trees;

/// <summary>Turns grown trees into the form that serves: bins become thresholds and sets of codes.</summary>
internal sealed class EnsembleBuilder(BinnedTable table)
{
    private readonly ImmutableArray<int>.Builder _starts = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<int>.Builder _feature = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<float>.Builder _threshold = ImmutableArray.CreateBuilder<float>();
    private readonly ImmutableArray<int>.Builder _left = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<int>.Builder _right = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<bool>.Builder _defaultLeft = ImmutableArray.CreateBuilder<bool>();
    private readonly ImmutableArray<int>.Builder _categoryStart = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<uint>.Builder _categoryWords = ImmutableArray.CreateBuilder<uint>();
    private readonly ImmutableArray<double>.Builder _value = ImmutableArray.CreateBuilder<double>();
    private readonly ImmutableArray<double>.Builder _cover = ImmutableArray.CreateBuilder<double>();

    /// <summary>Makes the ensemble of the first <paramref name="count"/> trees.</summary>
    public TreeEnsemble Build(IReadOnlyList<GrownTree> trees, int count)
    {
        for (int tree = 0; tree < count; tree++)
        {
            int offset = _feature.Count;
            _starts.Add(offset);
            foreach (GrownNode node in trees[tree].Nodes)
            {
                Add(node, offset);
            }
        }

        _starts.Add(_feature.Count);
        return new TreeEnsemble(new TreeArrays
        {
            TreeStarts = _starts.ToImmutable(),
            Feature = _feature.ToImmutable(),
            Threshold = _threshold.ToImmutable(),
            Left = _left.ToImmutable(),
            Right = _right.ToImmutable(),
            DefaultLeft = _defaultLeft.ToImmutable(),
            CategoryStart = _categoryStart.ToImmutable(),
            CategoryWords = _categoryWords.ToImmutable(),
            Value = _value.ToImmutable(),
            Cover = _cover.ToImmutable(),
        });
    }

    private void Add(GrownNode node, int offset)
    {
        bool leaf = node.Left < 0;
        ColumnBins? column = leaf ? null : table.Columns[node.Split.Column];
        bool categorical = column?.Kind == ColumnKind.Categorical;
        _feature.Add(leaf ? -1 : node.Split.Column);
        _threshold.Add(column is null || categorical ? 0 : Threshold(column, node.Split.LastLeftBin));
        _left.Add(leaf ? -1 : node.Left + offset);
        _right.Add(leaf ? -1 : node.Right + offset);
        _defaultLeft.Add(!leaf && node.Split.MissingLeft);
        _categoryStart.Add(categorical ? _categoryWords.Count : -1);
        _value.Add(node.Value);
        _cover.Add(node.Cover);
        if (categorical)
        {
            AddCodes(column!, node.Split.LeftBins);
        }
    }

    /// <summary>Past the last boundary only missing values go right; the largest float stands for that, which no feature has.</summary>
    private static float Threshold(ColumnBins column, int lastLeftBin) =>
        lastLeftBin < column.Boundaries.Length ? column.Boundaries[lastLeftBin] : float.MaxValue;

    private void AddCodes(ColumnBins column, BinSet bins)
    {
        ReadOnlySpan<byte> binOfCode = column.BinOfCode;
        var words = new uint[(binOfCode.Length + 31) / 32];
        for (int code = 0; code < binOfCode.Length; code++)
        {
            if (bins.Contains(binOfCode[code]))
            {
                words[code >> 5] |= 1u << (code & 31);
            }
        }

        _categoryWords.Add((uint)words.Length);
        _categoryWords.AddRange(words);
    }
}
