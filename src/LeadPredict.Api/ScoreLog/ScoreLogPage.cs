using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.ScoreLog;

/// <summary>Scores that are written together, with the leads among them that a challenger is to score. For one thread at a time.</summary>
internal sealed class ScoreLogPage
{
    private readonly List<(int Number, ShadowedLead Lead)> _shadowed = [];

    /// <summary>The scores in the order in which they were given.</summary>
    public ScorePage Scores { get; } = new();

    /// <summary>What a challenger is to score, each with the number of its score on this page.</summary>
    public IReadOnlyList<(int Number, ShadowedLead Lead)> Shadowed => _shadowed;

    /// <summary>How much memory that takes, about.</summary>
    public long ShadowedBytes { get; private set; }

    /// <summary>Adds a packed score; false when it has no room here. An empty page takes any score.</summary>
    public bool TryAdd(ReadOnlySpan<byte> packed, ShadowedLead? shadowed)
    {
        if (!Scores.TryAdd(packed))
        {
            return false;
        }

        if (shadowed is not null)
        {
            _shadowed.Add((Scores.Count - 1, shadowed));
            ShadowedBytes += shadowed.Bytes;
        }

        return true;
    }

    /// <summary>Forgets all, to be filled again. The rows that were here must not be looked at any more.</summary>
    public void Clear()
    {
        Scores.Clear();
        ClearShadowed();
    }

    /// <summary>Forgets what a challenger was to score: it has.</summary>
    public void ClearShadowed()
    {
        _shadowed.Clear();
        ShadowedBytes = 0;
    }
}
