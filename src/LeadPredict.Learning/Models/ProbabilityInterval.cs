namespace LeadPredict.Learning.Models;

/// <summary>Where a probability lies, both ends included. <c>default</c> is [0, 0].</summary>
/// <param name="Low">The lower end, 0 to 1.</param>
/// <param name="High">The upper end, 0 to 1, at least <paramref name="Low"/>.</param>
public readonly record struct ProbabilityInterval(double Low, double High);
