namespace LeadPredict.Learning.Models;

/// <summary>Means and bounds of trees, worked out once when an ensemble is made.</summary>
internal static class TreeMeans
{
    /// <summary>For each node the mean of the leaves below it, weighted by cover.</summary>
    public static double[] Of(TreeArrays arrays)
    {
        var means = new double[arrays.Feature.Length];

        // Children stand after their parent, so going backward meets them first.
        for (int node = means.Length - 1; node >= 0; node--)
        {
            if (arrays.Feature[node] < 0)
            {
                means[node] = arrays.Value[node];
                continue;
            }

            double left = ShareLeft(arrays, node);
            means[node] = (left * means[arrays.Left[node]]) + ((1 - left) * means[arrays.Right[node]]);
        }

        return means;
    }

    /// <summary>The share of the training rows at a node that went left.</summary>
    public static double ShareLeft(TreeArrays arrays, int node)
    {
        double left = arrays.Cover[arrays.Left[node]];

        // Both covers may be huge in a foreign file, and their sum infinite.
        return 1 / (1 + (arrays.Cover[arrays.Right[node]] / left));
    }

    /// <summary>The largest absolute leaf of one tree.</summary>
    public static double LargestLeaf(TreeArrays arrays, int tree)
    {
        double largest = 0;
        for (int node = arrays.TreeStarts[tree]; node < arrays.TreeStarts[tree + 1]; node++)
        {
            largest = Math.Max(largest, Math.Abs(arrays.Value[node]));
        }

        return largest;
    }
}
