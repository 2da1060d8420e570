namespace LeadPredict.Learning.Trees;

/// <summary>What the rows of a node add up to, in one bin, on one side of a split, or in all, read from a <see cref="BinSum"/>.</summary>
internal struct HistogramBin
{
    /// <summary>Sum of first derivatives of the loss by the score.</summary>
    public double Gradient;

    /// <summary>Sum of second derivatives.</summary>
    public double Hessian;

    /// <summary>Number of rows.</summary>
    public int Count;
}
