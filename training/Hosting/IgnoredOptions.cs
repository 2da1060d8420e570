using System.CommandLine;

namespace LeadPredict.Training.Hosting;

/// <summary>Options that were given although the command, as it was asked, has no use for them.</summary>
internal static class IgnoredOptions
{
    /// <summary>Refuses those of <paramref name="options"/> that the user gave; defaults and the environment's settings are no matter.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="why">Why they have no use here, and what to do.</param>
    /// <param name="options">Those without use.</param>
    /// <exception cref="RefusalException">Some were given; all are named.</exception>
    public static void RefuseIgnored(this ParseResult parsed, string why, params IEnumerable<Option> options)
    {
        string[] given = [.. options.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        if (given.Length > 0)
        {
            throw new RefusalException($"{string.Join(", ", given)} would be ignored: {why}");
        }
    }
}
