using System.Collections.Immutable;

namespace LeadPredict.Artifacts.Import;

/// <summary>A boosted-tree classifier as XGBoost wrote it, before it is given this project's form.</summary>
/// <remarks>Immutable. Read by <see cref="XgBoostModelReader"/>, converted by <see cref="XgBoostConversion"/>.</remarks>
/// <param name="File">The file, for messages.</param>
/// <param name="Version">The XGBoost that wrote it, for example <c>1.7.4</c>.</param>
/// <param name="BaseScore">The probability that boosting began with, between 0 and 1.</param>
/// <param name="Features">The columns it was trained on, in the order of its split indices.</param>
/// <param name="Trees">The trees; their leaves and the log-odds of <paramref name="BaseScore"/> add up to the raw score.</param>
/// <param name="BestRounds">How many rounds early stopping found best, or null when the file does not say. All trees count regardless.</param>
/// <param name="Rounds">How many rounds there are.</param>
public sealed record XgBoostModel(
    string File,
    string Version,
    float BaseScore,
    ImmutableArray<XgBoostFeature> Features,
    ImmutableArray<XgBoostTree> Trees,
    int? BestRounds,
    int Rounds);

/// <summary>What a column of an XGBoost model holds.</summary>
public enum XgBoostFeatureKind
{
    /// <summary>A number.</summary>
    Number = 0,

    /// <summary>Yes or no: XGBoost's type <c>i</c>.</summary>
    Indicator = 1,

    /// <summary>A category's code: XGBoost's type <c>c</c>.</summary>
    Category = 2,
}

/// <summary>A column of an XGBoost model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Codes">For categories: one more than the highest code that a split asks for, or the number of names where the file has them; else 0.</param>
/// <param name="Categories">The categories by code, where the file has their names (3.1 and later, trained from a data frame); else null.</param>
public sealed record XgBoostFeature(string Name, XgBoostFeatureKind Kind, int Codes, ImmutableArray<string>? Categories);

/// <summary>One tree: element i of each array belongs to node i, the root is node 0.</summary>
/// <param name="Left">The child of values below the condition, -1 in leaves.</param>
/// <param name="Right">The other child.</param>
/// <param name="Feature">The column asked for.</param>
/// <param name="Condition">The threshold, or the leaf's value; NaN in categorical nodes.</param>
/// <param name="DefaultLeft">Whether a missing value goes left.</param>
/// <param name="Hessian">The sum of second derivatives of the training rows that reached the node.</param>
/// <param name="RightCodes">For categorical nodes the codes that go right; every other code goes left, unseen ones too.</param>
public sealed record XgBoostTree(
    ImmutableArray<int> Left,
    ImmutableArray<int> Right,
    ImmutableArray<int> Feature,
    ImmutableArray<float> Condition,
    ImmutableArray<bool> DefaultLeft,
    ImmutableArray<double> Hessian,
    IReadOnlyDictionary<int, ImmutableArray<int>> RightCodes);
