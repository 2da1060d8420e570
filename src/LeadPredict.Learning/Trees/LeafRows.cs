namespace LeadPredict.Learning.Trees;

/// <summary>A leaf and the stretch of the tree's rows that reach it: <c>[Start, End)</c>.</summary>
/// <param name="Node">Its number in the tree.</param>
/// <param name="Start">The place of its first row.</param>
/// <param name="End">The place after its last row.</param>
internal readonly record struct LeafRows(int Node, int Start, int End)
{
    public int Count => End - Start;
}
