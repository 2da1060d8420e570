namespace LeadPredict.Artifacts.Repository;

/// <summary>A model was asked for by a name, version or alias that there is not.</summary>
/// <param name="message">What was asked for, what there is, and what to do.</param>
public sealed class ModelReferenceException(string message) : ArtifactException(message);
