using System.Collections.Immutable;
using System.Globalization;

namespace LeadPredict.Learning.Models;

/// <summary>Refuses tree arrays that could not be walked safely: a file that names a child outside its tree must not crash a service.</summary>
internal static class TreeArraysCheck
{
    /// <summary>Explanations recurse once a level: a deeper tree could exhaust the stack.</summary>
    public const int MaxDepth = 128;

    /// <summary>Checks everything that can be checked without the columns; returns the depth of the deepest tree.</summary>
    public static int Check(TreeArrays arrays)
    {
        int nodes = Length("Feature", arrays.Feature, arrays.Feature.IsDefault ? 0 : arrays.Feature.Length);
        Length("Threshold", arrays.Threshold, nodes);
        Length("Left", arrays.Left, nodes);
        Length("Right", arrays.Right, nodes);
        Length("DefaultLeft", arrays.DefaultLeft, nodes);
        Length("CategoryStart", arrays.CategoryStart, nodes);
        Length("Value", arrays.Value, nodes);
        Length("Cover", arrays.Cover, nodes);
        Length("CategoryWords", arrays.CategoryWords, arrays.CategoryWords.IsDefault ? 0 : arrays.CategoryWords.Length);
        CheckStarts(arrays.TreeStarts, nodes);
        var depth = new int[nodes];
        int deepest = 0;
        for (int tree = 0; tree + 1 < arrays.TreeStarts.Length; tree++)
        {
            deepest = Math.Max(deepest, CheckTree(arrays, arrays.TreeStarts[tree], arrays.TreeStarts[tree + 1], depth));
        }

        return deepest;
    }

    private static void CheckStarts(ImmutableArray<int> starts, int nodes)
    {
        if (starts.IsDefaultOrEmpty || starts[0] != 0 || starts[^1] != nodes)
        {
            throw new ModelShapeException("Trees.TreeStarts", "without its ends", $"0 first and the number of nodes, {nodes}, last");
        }

        for (int tree = 1; tree < starts.Length; tree++)
        {
            if (starts[tree] <= starts[tree - 1])
            {
                throw ModelShapeException.Of($"Trees.TreeStarts[{tree}]", starts[tree], $"more than the start before it, {starts[tree - 1]}");
            }
        }
    }

    private static int CheckTree(TreeArrays arrays, int start, int end, int[] depth)
    {
        // 0 means no parent yet; the root counts as depth 1.
        depth[start] = 1;
        int deepest = 1;
        for (int node = start; node < end; node++)
        {
            if (depth[node] == 0)
            {
                throw new ModelShapeException($"Trees node {node}", "reached from nowhere", "to be the child of exactly one node before it");
            }

            deepest = Math.Max(deepest, depth[node]);
            ModelShapeException.Finite($"Trees.Value[{node}]", arrays.Value[node]);
            double cover = ModelShapeException.Finite($"Trees.Cover[{node}]", arrays.Cover[node]);
            if (cover <= 0)
            {
                throw ModelShapeException.Of($"Trees.Cover[{node}]", cover, "more than 0");
            }

            if (arrays.Feature[node] < 0)
            {
                CheckLeaf(arrays, node);
                continue;
            }

            CheckChild("Left", node, arrays.Left[node], end, depth);
            CheckChild("Right", node, arrays.Right[node], end, depth);
            CheckQuestion(arrays, node);
        }

        return deepest - 1;
    }

    private static void CheckLeaf(TreeArrays arrays, int node)
    {
        if (arrays.Feature[node] != -1 || arrays.Left[node] != -1 || arrays.Right[node] != -1 || arrays.CategoryStart[node] != -1)
        {
            throw new ModelShapeException(
                $"Trees node {node}", "a leaf with a question or children", "-1 in Feature, Left, Right and CategoryStart of a leaf");
        }
    }

    private static void CheckChild(string side, int parent, int child, int end, int[] depth)
    {
        if (child <= parent || child >= end)
        {
            throw ModelShapeException.Of($"Trees.{side}[{parent}]", child, $"a node from {parent + 1} to {end - 1}, inside the tree and after its parent");
        }

        if (depth[child] != 0)
        {
            throw ModelShapeException.Of($"Trees.{side}[{parent}]", child, "a node that has no other parent");
        }

        depth[child] = depth[parent] + 1;
        if (depth[child] - 1 > MaxDepth)
        {
            throw ModelShapeException.Of($"Trees depth at node {child}", depth[child] - 1, $"at most {MaxDepth}");
        }
    }

    private static void CheckQuestion(TreeArrays arrays, int node)
    {
        if (!float.IsFinite(arrays.Threshold[node]))
        {
            throw ModelShapeException.Of($"Trees.Threshold[{node}]", arrays.Threshold[node], "a finite number");
        }

        int start = arrays.CategoryStart[node];
        if (start == -1)
        {
            return;
        }

        if (start < 0 || start >= arrays.CategoryWords.Length)
        {
            throw ModelShapeException.Of($"Trees.CategoryStart[{node}]", start, $"-1 or a place from 0 to {arrays.CategoryWords.Length - 1}");
        }

        uint words = arrays.CategoryWords[start];
        if (words == 0 || words > arrays.CategoryWords.Length - start - 1)
        {
            throw ModelShapeException.Of(
                $"Trees.CategoryWords[{start}]", words, $"a count of words from 1 to {arrays.CategoryWords.Length - start - 1}, as many as follow");
        }
    }

    private static int Length<T>(string name, ImmutableArray<T> array, int expected)
    {
        if (array.IsDefault || array.Length != expected)
        {
            string found = array.IsDefault ? "missing" : array.Length.ToString(CultureInfo.InvariantCulture) + " long";
            throw new ModelShapeException($"Trees.{name}", found, array.IsDefault ? "an array" : $"a length of {expected}, one element a node");
        }

        return array.Length;
    }
}
