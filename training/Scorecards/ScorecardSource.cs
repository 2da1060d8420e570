using LeadPredict.Scorecard;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Scorecards;

/// <summary>Where commands take their card from.</summary>
internal static class ScorecardSource
{
    /// <summary>The card in a file.</summary>
    /// <exception cref="RefusalException">There is no such file, or it cannot be read.</exception>
    public static ScorecardDefinition Load(string file)
    {
        try
        {
            return ScorecardDefinition.Load(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RefusalException($"{file}: cannot be read ({error.Message.TrimEnd('.')}); expected the path of a scorecard in YAML", error);
        }
    }

    /// <summary>The card in a file, or the default card when no file is named.</summary>
    public static ScorecardDefinition LoadOrDefault(string? file) => file is null ? ScorecardDefinition.Default : Load(file);
}
