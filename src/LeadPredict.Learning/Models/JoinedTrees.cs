using System.Collections.Immutable;

namespace LeadPredict.Learning.Models;

/// <summary>The trees of several ensembles as one: a blend of them serves as fast as one of as many trees.</summary>
internal static class JoinedTrees
{
    /// <summary>An ensemble whose score is the weighted sum of the scores of its parts.</summary>
    public static TreeEnsemble Of(IReadOnlyList<(TreeEnsemble Trees, double Weight)> parts)
    {
        List<int> starts = [];
        List<int> left = [];
        List<int> right = [];
        List<int> categoryStart = [];
        List<double> value = [];
        int nodes = 0;
        int words = 0;
        foreach ((TreeEnsemble trees, double weight) in parts)
        {
            TreeArrays arrays = trees.Arrays;
            starts.AddRange(arrays.TreeStarts[..^1].Select(start => start + nodes));
            left.AddRange(arrays.Left.Select(child => child < 0 ? child : child + nodes));
            right.AddRange(arrays.Right.Select(child => child < 0 ? child : child + nodes));
            categoryStart.AddRange(arrays.CategoryStart.Select(start => start < 0 ? start : start + words));
            value.AddRange(arrays.Value.Select(leaf => weight * leaf));
            nodes += arrays.Feature.Length;
            words += arrays.CategoryWords.Length;
        }

        ImmutableArray<T> All<T>(Func<TreeArrays, ImmutableArray<T>> array) => [.. parts.SelectMany(part => array(part.Trees.Arrays))];
        return new TreeEnsemble(new TreeArrays
        {
            TreeStarts = [.. starts, nodes],
            Feature = All(arrays => arrays.Feature),
            Threshold = All(arrays => arrays.Threshold),
            Left = [.. left],
            Right = [.. right],
            DefaultLeft = All(arrays => arrays.DefaultLeft),
            CategoryStart = [.. categoryStart],
            CategoryWords = All(arrays => arrays.CategoryWords),
            Value = [.. value],
            Cover = All(arrays => arrays.Cover),
        });
    }
}
