using System.CommandLine;
using System.CommandLine.Parsing;

namespace LeadPredict.Training.Hosting;

/// <summary>Options that take one of a few names, in capitals or not. The platform's own refusal names types of the program, and it takes numbers for names.</summary>
internal static class ChoiceOptions
{
    /// <summary>An option that refuses what is none of the names, with what was found and expected; nothing when it is not given.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">What the names mean, for the help.</param>
    public static Option<T?> Choice<T>(string name, string description)
        where T : struct, Enum => new(name) { Description = description, CustomParser = result => Read<T>(result, name) };

    private static T? Read<T>(ArgumentResult result, string option)
        where T : struct, Enum
    {
        string text = result.Tokens is [var token] ? token.Value : "";
        foreach (T value in Enum.GetValues<T>())
        {
            if (text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        result.AddError($"{option}: expected one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}, found '{text}'");
        return null;
    }
}
