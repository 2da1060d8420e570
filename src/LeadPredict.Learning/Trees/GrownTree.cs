namespace LeadPredict.Learning.Trees;

/// <summary>A tree as it grows: its questions speak of bins. <see cref="EnsembleBuilder"/> turns it into the form that serves.</summary>
internal sealed class GrownTree
{
    private readonly List<GrownNode> _nodes = [];

    /// <summary>Children stand after their parent.</summary>
    public IReadOnlyList<GrownNode> Nodes => _nodes;

    public int Add(GrownNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }
}

/// <summary>One node of a <see cref="GrownTree"/>; a leaf until it is split.</summary>
internal sealed class GrownNode
{
    public required BinSum Sum { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Count { get; init; }

    public required int Depth { get; init; }

    /// <summary>What the leaves under it may be worth.</summary>
    public ValueBounds Bounds { get; init; } = ValueBounds.None;

    /// <summary>The sum of the rows' weights.</summary>
    public double Cover { get; set; }

    /// <summary>What a leaf adds to the score, learning rate included.</summary>
    public double Value { get; set; }

    public SplitCandidate Split { get; set; }

    /// <summary>-1 in a leaf.</summary>
    public int Left { get; set; } = -1;

    /// <summary>-1 in a leaf.</summary>
    public int Right { get; set; } = -1;
}
