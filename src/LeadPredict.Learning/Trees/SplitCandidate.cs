namespace LeadPredict.Learning.Trees;

/// <summary>A question that would divide a node. <c>default</c> is no question, with gain 0.</summary>
internal struct SplitCandidate
{
    /// <summary>Loss saved, twice; larger is better; 0 when there is no split.</summary>
    public double Gain;

    public int Column;

    /// <summary>Numeric columns: bins up to and including this go left; -1 for categorical columns.</summary>
    public int LastLeftBin;

    /// <summary>Categorical columns: the value bins that go left.</summary>
    public BinSet LeftBins;

    /// <summary>Where the bin of missing values goes.</summary>
    public bool MissingLeft;

    public BinSum Left;

    public BinSum Right;

    /// <summary>Whether a row whose bin is this goes left.</summary>
    public readonly bool GoesLeft(int bin, int missingBin) =>
        bin == missingBin ? MissingLeft : LastLeftBin >= 0 ? bin <= LastLeftBin : LeftBins.Contains(bin);
}
