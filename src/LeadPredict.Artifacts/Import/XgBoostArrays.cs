using System.Collections.Immutable;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Artifacts.Import;

/// <summary>Collects the nodes of XGBoost's trees as parallel arrays, children after their parents and pruned nodes left out.</summary>
internal sealed class XgBoostArrays(XgBoostModel model, IReadOnlyList<XgBoostColumn> places)
{
    /// <summary>Where the trees stand in the file.</summary>
    public const string Trees = "/learner/gradient_booster/model/trees";

    /// <summary>Stands for a cover of 0, which XGBoost may write with <c>min_child_weight=0</c> and explanations cannot divide by.</summary>
    private const double LeastCover = 1e-30;

    private readonly ImmutableArray<int>.Builder _starts = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<int>.Builder _feature = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<float>.Builder _threshold = ImmutableArray.CreateBuilder<float>();
    private readonly ImmutableArray<int>.Builder _left = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<int>.Builder _right = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<bool>.Builder _defaultLeft = ImmutableArray.CreateBuilder<bool>();
    private readonly ImmutableArray<int>.Builder _categoryStart = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<uint>.Builder _words = ImmutableArray.CreateBuilder<uint>();
    private readonly ImmutableArray<double>.Builder _value = ImmutableArray.CreateBuilder<double>();
    private readonly ImmutableArray<double>.Builder _cover = ImmutableArray.CreateBuilder<double>();

    /// <summary>Adds the nodes of a tree that can be reached from its root, level by level.</summary>
    public void Add(int index)
    {
        XgBoostTree tree = model.Trees[index];
        int start = _feature.Count;
        _starts.Add(start);
        var reached = new bool[tree.Left.Length];
        List<int> order = [0];
        reached[0] = true;
        for (int i = 0; i < order.Count; i++)
        {
            int node = order[i];
            _cover.Add(Math.Max(tree.Hessian[node], LeastCover));
            if (tree.Left[node] == -1)
            {
                AddNode(-1, 0, tree.Condition[node], (-1, -1), false, -1);
                continue;
            }

            (int, int) children = (start + order.Count, start + order.Count + 1);
            Reach(index, "left_children", node, tree.Left[node], reached, order);
            Reach(index, "right_children", node, tree.Right[node], reached, order);
            XgBoostColumn place = places[tree.Feature[node]];
            bool numeric = place.Column.Kind == ColumnKind.Numeric;
            if (numeric && tree.RightCodes.ContainsKey(node))
            {
                throw Fault(index, "split_type", node, "a question for a category", $"numbers alone of column '{place.Column.Name}'");
            }

            AddNode(
                place.Index,
                numeric ? tree.Condition[node] : 0,
                0,
                children,
                tree.DefaultLeft[node],
                numeric ? -1 : AddCodes(index, tree, node, place));
        }
    }

    public TreeArrays ToArrays()
    {
        _starts.Add(_feature.Count);
        return new()
        {
            TreeStarts = _starts.ToImmutable(),
            Feature = _feature.ToImmutable(),
            Threshold = _threshold.ToImmutable(),
            Left = _left.ToImmutable(),
            Right = _right.ToImmutable(),
            DefaultLeft = _defaultLeft.ToImmutable(),
            CategoryStart = _categoryStart.ToImmutable(),
            CategoryWords = _words.ToImmutable(),
            Value = _value.ToImmutable(),
            Cover = _cover.ToImmutable(),
        };
    }

    private void AddNode(int feature, float threshold, double value, (int Left, int Right) children, bool defaultLeft, int categoryStart)
    {
        _feature.Add(feature);
        _threshold.Add(threshold);
        _value.Add(value);
        _left.Add(children.Left);
        _right.Add(children.Right);
        _defaultLeft.Add(defaultLeft);
        _categoryStart.Add(categoryStart);
    }

    /// <summary>
    /// XGBoost lists what goes right and sends all else left, codes it never saw included; here a set lists what goes left. A number's question
    /// of a column that holds codes is the same as the set of codes below it.
    /// </summary>
    private int AddCodes(int index, XgBoostTree tree, int node, XgBoostColumn place)
    {
        int start = _words.Count;
        int cardinality = place.Column.Cardinality;
        uint[] words = new uint[(cardinality + 31) / 32];
        bool listed = tree.RightCodes.TryGetValue(node, out ImmutableArray<int> right);
        if (!listed && place.FirstCode != 0)
        {
            throw Fault(index, "split_type", node, "a question for a number", $"categories alone of column '{place.Column.Name}'");
        }

        for (int code = 0; code < cardinality; code++)
        {
            if (listed || code < tree.Condition[node])
            {
                words[code >> 5] |= 1u << (code & 31);
            }
        }

        foreach (int code in listed ? right : [])
        {
            int here = code + place.FirstCode;
            if (here >= cardinality)
            {
                throw Fault(index, "categories_nodes", node, $"category {code}", $"codes below {cardinality - place.FirstCode} of column '{place.Column.Name}'");
            }

            words[here >> 5] &= ~(1u << (here & 31));
        }

        _words.Add((uint)words.Length);
        _words.AddRange(words);
        return start;
    }

    private void Reach(int index, string side, int parent, int child, bool[] reached, List<int> order)
    {
        if (child < 0 || child >= reached.Length || reached[child])
        {
            throw Fault(index, side, parent, $"{child}", $"a node from 1 to {reached.Length - 1} that has no other parent");
        }

        reached[child] = true;
        order.Add(child);
    }

    private XgBoostFormatException Fault(int tree, string name, int node, string found, string expected) =>
        new(model.File, $"{Trees}/{tree}/{name}/{node}", found, expected);
}
