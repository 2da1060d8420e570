using System.Collections.Immutable;

namespace LeadPredict.Learning.Models;

/// <summary>
/// The nodes of all trees of an ensemble side by side: element i of every node array belongs to node i. This is what a model file holds.
/// </summary>
/// <remarks>
/// The nodes of tree t are <c>TreeStarts[t]</c> (its root) up to, not including, <c>TreeStarts[t + 1]</c>. Children stand after their parent,
/// so a walk ends. Checked by <see cref="TreeEnsemble"/>, not here.
/// </remarks>
public sealed record TreeArrays
{
    /// <summary>No trees; an ensemble of these scores 0.</summary>
    public static TreeArrays Empty { get; } = new()
    {
        TreeStarts = [0],
        Feature = [],
        Threshold = [],
        Left = [],
        Right = [],
        DefaultLeft = [],
        CategoryStart = [],
        CategoryWords = [],
        Value = [],
        Cover = [],
    };

    /// <summary>One element a tree and one more: the root's node of each, then the number of nodes.</summary>
    public required ImmutableArray<int> TreeStarts { get; init; }

    /// <summary>The column a node asks for; -1 in a leaf.</summary>
    public required ImmutableArray<int> Feature { get; init; }

    /// <summary>A numeric value below this goes left, compared as 32-bit floats; 0 in leaves and categorical nodes.</summary>
    public required ImmutableArray<float> Threshold { get; init; }

    /// <summary>The node for values that go left; -1 in a leaf.</summary>
    public required ImmutableArray<int> Left { get; init; }

    /// <summary>The node for values that go right; -1 in a leaf.</summary>
    public required ImmutableArray<int> Right { get; init; }

    /// <summary>Whether a missing value goes left; false in leaves.</summary>
    public required ImmutableArray<bool> DefaultLeft { get; init; }

    /// <summary>
    /// -1 in leaves and numeric nodes; in a categorical node the first of its words in <see cref="CategoryWords"/>: one word that says how many
    /// words of bits follow, then the bits. Bit c of word c / 32 set: code c goes left. Codes not covered go right.
    /// </summary>
    public required ImmutableArray<int> CategoryStart { get; init; }

    /// <summary>The sets of codes that go left; see <see cref="CategoryStart"/>.</summary>
    public required ImmutableArray<uint> CategoryWords { get; init; }

    /// <summary>What a leaf adds to the score, in log-odds; 0 in other nodes.</summary>
    public required ImmutableArray<double> Value { get; init; }

    /// <summary>The weight of the training rows that reached the node, above 0: explanations average over it.</summary>
    public required ImmutableArray<double> Cover { get; init; }
}
