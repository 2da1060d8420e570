using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

/// <summary>Scores a grown tree the obvious way, question by question.</summary>
internal static class TreeWalk
{
    /// <summary>The value of the leaf that a row of the binned table reaches.</summary>
    public static double Walk(this GrownTree tree, BinnedTable table, int row)
    {
        GrownNode node = tree.Nodes[0];
        while (node.Left >= 0)
        {
            int column = node.Split.Column;
            node = tree.Nodes[node.Split.GoesLeft(table.Column(column)[row], table.Columns[column].MissingBin) ? node.Left : node.Right];
        }

        return node.Value;
    }
}
