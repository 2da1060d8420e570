using System.Collections.Concurrent;

namespace LeadPredict.Learning.Trees;

/// <summary>Histograms that are not in use. Safe to use from many threads.</summary>
internal sealed class HistogramPool(int bins)
{
    private readonly ConcurrentBag<Histogram> _spare = [];

    /// <summary>One with whatever it held before.</summary>
    public Histogram Take() => _spare.TryTake(out Histogram? spare) ? spare : new Histogram(bins);

    /// <summary>One of zeros.</summary>
    public Histogram TakeEmpty()
    {
        Histogram histogram = Take();
        histogram.Bins.Clear();
        return histogram;
    }

    public void Return(Histogram histogram) => _spare.Add(histogram);
}
