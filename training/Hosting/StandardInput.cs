namespace LeadPredict.Training.Hosting;

/// <summary>What comes on standard input.</summary>
internal static class StandardInput
{
    /// <summary>The name under which it is read.</summary>
    public const string Path = "/dev/stdin";

    // Where standard input was closed the runtime's own files take its number, and reading them would wait for ever. They are closed on exec; what a process was started with is not.
    private const string Open = "/proc/self/fdinfo/0";
    private const int ClosedOnExec = 0x80000;

    /// <summary>Refuses a file that is the standard input of a process which was started without one.</summary>
    /// <exception cref="RefusalException">It is closed.</exception>
    public static void DemandOpen(string file)
    {
        if (file == Path && File.Exists(Open) && IsClosed(File.ReadAllLines(Open)))
        {
            throw new RefusalException("--in -: standard input is closed. Send rows there (... | leadpredict score --in -), or name a file.");
        }
    }

    private static bool IsClosed(string[] lines) => Array.Find(lines, line => line.StartsWith("flags:", StringComparison.Ordinal)) is { } flags
        && (Convert.ToInt64(flags["flags:".Length..].Trim(), 8) & ClosedOnExec) != 0;
}
