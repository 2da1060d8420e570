namespace LeadPredict.Scorecard.Reading;

/// <summary>One fault of a card's file.</summary>
/// <param name="File">The file as the caller named it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in characters, from 1.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What should.</param>
public sealed record ScorecardFault(string File, int Line, int Column, string Found, string Expected)
{
    /// <summary><c>file:line:column: found ...; expected ...</c>, as editors and terminals link it.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: found {Found}; expected {Expected}";
}

/// <summary>A text is not a card. Every fault that could be found is listed, in the order of the file.</summary>
public sealed class ScorecardFormatException : Exception
{
    /// <param name="faults">One or more.</param>
    public ScorecardFormatException(IReadOnlyList<ScorecardFault> faults)
        : base(Tell(faults)) => Faults = faults;

    /// <summary>All faults, in the order of the file; at least one.</summary>
    public IReadOnlyList<ScorecardFault> Faults { get; }

    /// <summary>The file as the caller named it.</summary>
    public string File => Faults[0].File;

    /// <summary>The first fault's line, from 1.</summary>
    public int Line => Faults[0].Line;

    /// <summary>The first fault's column, from 1.</summary>
    public int Column => Faults[0].Column;

    /// <summary>What stands at the first fault.</summary>
    public string Found => Faults[0].Found;

    /// <summary>What should stand at the first fault.</summary>
    public string Expected => Faults[0].Expected;

    private static string Tell(IReadOnlyList<ScorecardFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        string head = faults.Count == 1 ? "the file has a fault" : $"the file has {faults.Count} faults";
        return $"{head}; nothing was read from it:\n{string.Join('\n', faults)}";
    }
}
