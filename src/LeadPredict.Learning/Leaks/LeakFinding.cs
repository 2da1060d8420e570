namespace LeadPredict.Learning.Leaks;

/// <summary>Why a column is suspected.</summary>
public enum LeakReason
{
    /// <summary>The column alone ranks nearly as well as knowing the outcome.</summary>
    NearPerfect,

    /// <summary>Whether the column is filled predicts, whatever it says.</summary>
    FilledStatePredicts,

    /// <summary>The column is filled for one class alone.</summary>
    FilledForOneClassOnly,

    /// <summary>A large part of one class has values that the other never has.</summary>
    ValuesOfOneClassOnly,

    /// <summary>One value, though perhaps rare, all but decides the class.</summary>
    ValueNearlyDecides,
}

/// <summary>One reason to suspect one column of knowing the outcome.</summary>
/// <param name="Column">The column.</param>
/// <param name="Reason">Why.</param>
/// <param name="Figure">The figure that passed its threshold.</param>
/// <param name="Threshold">That threshold.</param>
/// <param name="Explanation">A sentence for the person who has to decide, with the figure in it.</param>
public sealed record LeakFinding(string Column, LeakReason Reason, double Figure, double Threshold, string Explanation);
