using System.Globalization;

namespace LeadPredict.Api.Limits;

/// <summary>How many files and connections the machine lets the process have open. One more than that, and the process is aborted by the runtime.</summary>
internal static class OpenFiles
{
    /// <summary>What is kept: some 240 for the runtime and the program itself, the rest for the store, models, the spool, and receivers of events.</summary>
    private const int Reserve = 512;

    /// <summary>How many callers may be connected at once, or null where the machine does not say how many files may be open, or sets no limit.</summary>
    public static long? MostConnections()
    {
        try
        {
            return Limit(File.ReadAllText("/proc/self/limits")) is { } files ? ConnectionsOf(files) : null;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>All but a reserve of 512, or of half where there are fewer than 1,024; at least 1.</summary>
    /// <param name="files">How many files may be open.</param>
    internal static long ConnectionsOf(long files) => Math.Max(1, files - Math.Min(Reserve, files / 2));

    /// <summary>The soft limit of open files in Linux's table of a process's limits, or null where it has none.</summary>
    internal static long? Limit(string table)
    {
        const string Name = "Max open files ";
        foreach (ReadOnlySpan<char> line in table.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Name, StringComparison.Ordinal))
            {
                ReadOnlySpan<char> values = line[Name.Length..].TrimStart();
                int end = values.IndexOf(' ');
                return long.TryParse(end < 0 ? values : values[..end], NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : null;
            }
        }

        return null;
    }
}
