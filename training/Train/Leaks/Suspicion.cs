namespace LeadPredict.Training.Train.Leaks;

/// <summary>A column or attribute that seems to know the answer.</summary>
/// <param name="Name">The column or attribute.</param>
/// <param name="Kind">What is suspicious, in a word: <c>nearPerfect</c>, <c>missingness</c>, <c>oneClassOnly</c> or <c>writtenAfterwards</c>.</param>
/// <param name="Figure">The figure that says so: an AUC, or a share.</param>
/// <param name="Because">The sentence for people.</param>
internal sealed record Suspicion(string Name, string Kind, double Figure, string Because);
