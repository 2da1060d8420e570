namespace LeadPredict.Artifacts;

/// <summary>The folder of a model cannot be written: its disk is full, or it belongs to another user.</summary>
/// <param name="folder">The folder.</param>
/// <param name="cause">What the system said.</param>
public sealed class ModelFolderException(string folder, Exception cause) : ArtifactException(
    $"The folder of models {folder} cannot be written: {cause.Message.TrimEnd('.')}. Make room, or let the user that runs this write there, and try again.", cause);
