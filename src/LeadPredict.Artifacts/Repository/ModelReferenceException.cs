namespace LeadPredict.Artifacts.Repository;

/// <summary>A model was asked for by a name, version or alias that there is not, or that may not be used so.</summary>
/// <param name="message">What was asked for, what there is, and what to do.</param>
/// <param name="isConflict">Whether what was named is there, and what serves or stands beside it forbids what was asked.</param>
public sealed class ModelReferenceException(string message, bool isConflict = false) : ArtifactException(message)
{
    /// <summary>Whether what was named is there, and what serves or stands beside it forbids what was asked.</summary>
    public bool IsConflict { get; } = isConflict;
}
