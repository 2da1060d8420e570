namespace LeadPredict.Artifacts;

/// <summary>The folder of models, or of one model, cannot be used: its disk is full, it belongs to another user, or it is a file.</summary>
public sealed class ModelFolderException : ArtifactException
{
    private ModelFolderException(string message, bool isReading, Exception? cause)
        : base(message, cause) => IsReading = isReading;

    /// <summary>Whether not even reading was possible.</summary>
    public bool IsReading { get; }

    internal static ModelFolderException Writing(string folder, Exception cause) => new(
        $"The folder of models {folder} cannot be written: {cause.Message.TrimEnd('.')}. Make room, or let the user that runs this write there, and try again.",
        isReading: false,
        cause);

    internal static ModelFolderException Reading(string folder, string problem, Exception? cause = null) => new(
        $"The folder of models {folder} cannot be read: {problem}. Let the user that runs this read it, or name another.", isReading: true, cause);
}
