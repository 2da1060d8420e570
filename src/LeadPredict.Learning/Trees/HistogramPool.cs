namespace LeadPredict.Learning.Trees;

/// <summary>Histograms that are not in use.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class HistogramPool(int bins)
{
    private readonly Stack<Histogram> _spare = [];

    /// <summary>One with whatever it held before.</summary>
    public Histogram Take() => _spare.TryPop(out Histogram? spare) ? spare : new Histogram(bins);

    public void Return(Histogram histogram) => _spare.Push(histogram);
}
