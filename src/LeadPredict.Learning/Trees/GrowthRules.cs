namespace LeadPredict.Learning.Trees;

/// <summary>What a tree may look like and how its splits are weighed.</summary>
internal sealed record GrowthRules
{
    /// <summary>A path longer than this is not grown: served trees have a depth limit.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most leaves of a tree, 2 or more.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>Fewest rows in a leaf.</summary>
    public int MinLeafSamples { get; init; } = 20;

    /// <summary>Least sum of second derivatives in a leaf.</summary>
    public double MinLeafHessian { get; init; } = 1e-3;

    /// <summary>Added to the second derivatives of a leaf: shrinks its value toward 0.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>Added to a category's second derivatives when categories are put in order, so that rare ones stand in the middle.</summary>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>Added to <see cref="L2"/> when a categorical split is weighed: it has more ways to fit noise.</summary>
    public double CategoryL2 { get; init; } = 10;

    /// <summary>Most categories on the named side of a split.</summary>
    public int MaxCategoriesLeft { get; init; } = 32;

    /// <summary>Least gain of a split.</summary>
    public double MinGain { get; init; } = 1e-6;

    /// <summary>Each tree's step, above 0.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>From <see cref="Training.MonotoneColumns"/>; null when all columns are free.</summary>
    public int[]? Directions { get; init; }

    /// <summary>1, -1, or 0 for a free column.</summary>
    public int DirectionOf(int column) => Directions is null ? 0 : Directions[column];

    /// <summary>What a node's rows are worth as one leaf: half its loss saved, twice.</summary>
    public static double Worth(in HistogramBin node, double l2) => node.Gradient * node.Gradient / (node.Hessian + l2);

    /// <summary>Whether both sides of a split are large enough.</summary>
    public bool Allows(in HistogramBin left, in HistogramBin right) =>
        left.Count >= MinLeafSamples && right.Count >= MinLeafSamples && left.Hessian >= MinLeafHessian && right.Hessian >= MinLeafHessian;
}
