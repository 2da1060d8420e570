namespace LeadPredict.Artifacts.Import;

/// <summary>A file is no XGBoost model that can be imported: it is damaged, or of a kind that has no form here.</summary>
public sealed class XgBoostFormatException : ArtifactException
{
    /// <summary>Names the file, the place in it, what was found and what is supported.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">A JSON pointer; empty for the whole file.</param>
    /// <param name="found">What was found there.</param>
    /// <param name="expected">What is supported there.</param>
    /// <param name="cause">What noticed it, or null.</param>
    public XgBoostFormatException(string file, string place, string found, string expected, Exception? cause = null)
        : base($"{file}{(place.Length == 0 ? "" : " at " + place)}: found {found}; expected {expected}.", cause)
    {
        File = file;
        Place = place;
        Found = found;
        Expected = expected;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>A JSON pointer; empty for the whole file.</summary>
    public string Place { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is supported.</summary>
    public string Expected { get; }
}
