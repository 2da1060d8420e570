namespace LeadPredict.Funnel.Examples;

/// <summary>What became of the episodes on the way to examples, so that nothing is dropped in silence. Counts add up over accounts.</summary>
public sealed record ExampleCounts
{
    /// <summary>Nothing counted.</summary>
    public static readonly ExampleCounts None = new();

    /// <summary>Episodes found, recycled stays included.</summary>
    public int Episodes { get; init; }

    /// <summary>Left out since they opened before the funnel's start date (left truncation).</summary>
    public int BeforeStart { get; init; }

    /// <summary>Left out since the lead had already left the stage by the time its entry was known.</summary>
    public int OverWhenKnown { get; init; }

    /// <summary>Left out since they had ended before their entry was known, though that was recorded later still: nothing was left to predict.</summary>
    public int DecidedWhenKnown { get; init; }

    /// <summary>Left out since they became known after the end of the data.</summary>
    public int AfterEnd { get; init; }

    /// <summary>Episodes of no length or out of order: the next stage is dated at or before the entry.</summary>
    public int WithoutLength { get; init; }

    /// <summary>The sum.</summary>
    public static ExampleCounts operator +(ExampleCounts a, ExampleCounts b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Add(b);
    }

    /// <summary>The sum.</summary>
    public ExampleCounts Add(ExampleCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Episodes = Episodes + other.Episodes,
            BeforeStart = BeforeStart + other.BeforeStart,
            OverWhenKnown = OverWhenKnown + other.OverWhenKnown,
            DecidedWhenKnown = DecidedWhenKnown + other.DecidedWhenKnown,
            AfterEnd = AfterEnd + other.AfterEnd,
            WithoutLength = WithoutLength + other.WithoutLength,
        };
    }
}
