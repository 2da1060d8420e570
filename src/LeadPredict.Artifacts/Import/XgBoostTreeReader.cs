using System.Collections.Immutable;
using LeadPredict.Artifacts.Format;

namespace LeadPredict.Artifacts.Import;

/// <summary>Reads one tree of an XGBoost model and checks that its arrays fit each other.</summary>
internal static class XgBoostTreeReader
{
    public static XgBoostTree Read(JsonPlace place, int columns)
    {
        if (place.Required("tree_param").Optional("size_leaf_vector") is { } leaf && leaf.CountAsText() > 1)
        {
            throw leaf.Fault($"leaves of {leaf.CountAsText()} numbers", "leaves of one number");
        }

        ImmutableArray<int> left = place.Required("left_children").Integers();
        int nodes = left.Length;
        if (nodes == 0)
        {
            throw place.Required("left_children").Fault("no node", "a root at least");
        }

        var tree = new XgBoostTree(
            left,
            OneEach(place, "right_children", nodes, array => array.Integers()),
            OneEach(place, "split_indices", nodes, array => array.Integers()),
            OneEach(place, "split_conditions", nodes, array => array.SinglesWhereKnown()),
            OneEach(place, "default_left", nodes, array => array.Bits()),
            OneEach(place, "sum_hessian", nodes, array => array.Numbers()),
            RightCodes(place, nodes));
        for (int node = 0; node < nodes; node++)
        {
            Check(place, tree, node, columns);
        }

        return tree;
    }

    private static void Check(JsonPlace place, XgBoostTree tree, int node, int columns)
    {
        bool isLeaf = tree.Left[node] == -1;
        if (isLeaf != (tree.Right[node] == -1))
        {
            throw Fault(place, "right_children", node, tree.Right[node], "two children or none");
        }

        if (!isLeaf && (tree.Feature[node] < 0 || tree.Feature[node] >= columns))
        {
            throw Fault(place, "split_indices", node, tree.Feature[node], $"a column from 0 to {columns - 1}");
        }

        if (float.IsNaN(tree.Condition[node]) && !tree.RightCodes.ContainsKey(node))
        {
            throw Fault(place, "split_conditions", node, "no finite number", isLeaf ? "the leaf's value" : "a threshold");
        }

        if (tree.Hessian[node] < 0)
        {
            throw Fault(place, "sum_hessian", node, tree.Hessian[node], "0 or more");
        }
    }

    /// <summary>The codes that each categorical node sends right.</summary>
    private static Dictionary<int, ImmutableArray<int>> RightCodes(JsonPlace place, int nodes)
    {
        var codes = new Dictionary<int, ImmutableArray<int>>();
        ImmutableArray<int> kinds = place.Has("split_type") ? OneEach(place, "split_type", nodes, array => array.Integers()) : [];
        if (!place.Has("categories_nodes"))
        {
            return kinds.Any(kind => kind != 0) ? throw place.Fault("categorical nodes without categories", "'categories_nodes' and its companions") : codes;
        }

        ImmutableArray<int> owners = place.Member("categories_nodes").Integers();
        ImmutableArray<int> starts = OneEach(place, "categories_segments", owners.Length, array => array.Integers());
        ImmutableArray<int> sizes = OneEach(place, "categories_sizes", owners.Length, array => array.Integers());
        ImmutableArray<int> all = place.Required("categories").Integers();
        for (int i = 0; i < owners.Length; i++)
        {
            if (owners[i] < 0 || owners[i] >= nodes || starts[i] < 0 || sizes[i] < 0 || (long)starts[i] + sizes[i] > all.Length)
            {
                throw Fault(place, "categories_nodes", i, owners[i], $"a node from 0 to {nodes - 1} with categories inside the list of {all.Length}");
            }

            ImmutableArray<int> right = all.Slice(starts[i], sizes[i]);
            if (right.Any(code => code is < 0 or >= FormatLimits.CategoryCodes))
            {
                throw Fault(place, "categories", starts[i], "another code", $"codes from 0 to {FormatLimits.CategoryCodes - 1}");
            }

            codes[owners[i]] = right;
        }

        for (int node = 0; node < kinds.Length; node++)
        {
            if (kinds[node] is not (0 or 1) || (kinds[node] == 1) != codes.ContainsKey(node))
            {
                throw Fault(place, "split_type", node, kinds[node], "1 for the nodes of 'categories_nodes', else 0");
            }
        }

        return codes;
    }

    private static ImmutableArray<T> OneEach<T>(JsonPlace place, string name, int count, Func<JsonPlace, ImmutableArray<T>> read)
    {
        ImmutableArray<T> values = read(place.Required(name));
        return values.Length == count ? values : throw place.Member(name).Fault($"{values.Length} elements", $"{count}");
    }

    private static ModelFormatException Fault(JsonPlace place, string name, int index, object found, string expected) =>
        new(place.File, $"{place.Pointer}/{name}/{index}", FormattableString.Invariant($"{found}"), expected);
}
