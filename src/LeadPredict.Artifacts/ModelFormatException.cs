namespace LeadPredict.Artifacts;

/// <summary>A model file is not what its publisher wrote, or is of another format: it is refused by name.</summary>
public sealed class ModelFormatException : ArtifactException
{
    /// <summary>Names the file, the place in it, what was found and what was expected.</summary>
    /// <param name="file">The file's path, or its name while it has no path yet.</param>
    /// <param name="place">A JSON pointer or a word such as <c>size</c>; empty for the whole file.</param>
    /// <param name="found">What was found there.</param>
    /// <param name="expected">What would have been right.</param>
    /// <param name="cause">What noticed it, or null.</param>
    public ModelFormatException(string file, string place, string found, string expected, Exception? cause = null)
        : base(
            $"{file}{(place.Length == 0 ? "" : " at " + place)}: found {found}; expected {expected}. "
            + (cause is UnauthorizedAccessException ? "Let the user that runs this read it." : Remedy(file)),
            cause)
    {
        File = file;
        Place = place;
        Found = found;
        Expected = expected;
    }

    /// <summary>The file at fault.</summary>
    public string File { get; }

    /// <summary>The place in the file: a JSON pointer or a word; empty for the whole file.</summary>
    public string Place { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }

    private static string Remedy(string file) => Path.GetFileName(file) == Repository.AliasesFile.Name
        ? "Remove the file, and promote the version that is to answer."
        : "Copy the version again from where it was published, or train it anew.";
}
