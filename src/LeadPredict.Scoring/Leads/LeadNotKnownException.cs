namespace LeadPredict.Scoring.Leads;

/// <summary>A lead was to be scored as of an instant at which it was not known yet.</summary>
public sealed class LeadNotKnownException : ScoringException
{
    /// <summary>Says from when the lead can be scored.</summary>
    /// <param name="knownFrom">When it was created and recorded, whichever is later.</param>
    /// <param name="asOf">The instant asked for.</param>
    public LeadNotKnownException(DateTimeOffset knownFrom, DateTimeOffset asOf)
        : base($"the lead became known at {knownFrom:yyyy-MM-ddTHH:mm:ss.FFFFFFZ}; expected an asOf after that, found {asOf:yyyy-MM-ddTHH:mm:ss.FFFFFFZ}")
    {
        KnownFrom = knownFrom;
        AsOf = asOf;
    }

    /// <summary>From when the lead is known; only later instants can be asked for.</summary>
    public DateTimeOffset KnownFrom { get; }

    /// <summary>The instant asked for.</summary>
    public DateTimeOffset AsOf { get; }
}
