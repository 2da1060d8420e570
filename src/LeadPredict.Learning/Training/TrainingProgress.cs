namespace LeadPredict.Learning.Training;

/// <summary>How far training is.</summary>
/// <param name="Phase">"prepare" or "folds of" and the learner's name, "calibrate" or "final".</param>
/// <param name="Done">Steps of the phase that are done.</param>
/// <param name="Total">Steps of the phase, at least 1.</param>
public readonly record struct TrainingProgress(string Phase, int Done, int Total);
