using System.Buffers;

namespace LeadPredict.Artifacts.Repository;

/// <summary>Which names a model may have: they become folder names on every system, so they are plain and short.</summary>
public static class ModelName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>The longest name.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether the name is 1 to 64 of <c>a-z 0-9 . _ -</c>, beginning with a letter or digit and not ending with a dot.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: >= 1 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(name[0])
        && name[^1] != '.'
        && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Returns a valid name.</summary>
    /// <exception cref="ModelReferenceException">The name is not valid.</exception>
    public static string Check(string? name) => IsValid(name)
        ? name!
        : throw new ModelReferenceException(
            $"model name '{Shown(name)}'; expected 1 to {MaxLength} of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit");

    private static string Shown(string? name) => name is null ? "" : name.Length <= MaxLength ? name : name[..MaxLength] + "...";
}
