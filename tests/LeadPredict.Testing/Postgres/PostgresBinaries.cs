using System.Diagnostics;

namespace LeadPredict.Testing.Postgres;

/// <summary>The installed programs of a PostgreSQL server, 15 or later.</summary>
internal static class PostgresBinaries
{
    private const int OldestVersion = 15;

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>: of PATH, or the newest of those that Debian and its kin install; null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Whom the server runs as: it refuses to be root.</summary>
    public static string? User { get; } = Environment.IsPrivilegedProcess
        ? File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody"
        : null;

    /// <summary>A program with its arguments, as that user.</summary>
    public static ProcessStartInfo Command(string program, params IEnumerable<string> arguments)
    {
        string path = Path.Combine(Folder!, program);
        string[] asUser = User is null ? [] : ["--reuid", User, "--regid", GroupOf(User), "--clear-groups", path];
        return new ProcessStartInfo(User is null ? path : "setpriv", [.. asUser, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>Gives a folder to that user.</summary>
    public static void GiveAway(string folder)
    {
        if (User is not null)
        {
            Run(new ProcessStartInfo("chown", ["-R", $"{User}:{GroupOf(User)}", folder]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
    }

    /// <exception cref="InvalidOperationException">The program failed; the message is its own.</exception>
    public static void Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}{output}");
        }
    }

    private static string GroupOf(string user) => File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(line => line[0] == user)[3];

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return null;
        }

        const string debian = "/usr/lib/postgresql";
        IEnumerable<string> installed = Directory.Exists(debian)
            ? Directory.EnumerateDirectories(debian)
                .Where(folder => int.TryParse(Path.GetFileName(folder), out int version) && version >= OldestVersion)
                .OrderByDescending(folder => int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture))
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(folder => IsThere(Path.Combine(folder, "initdb")) && IsThere(Path.Combine(folder, "postgres")));
    }

    /// <summary>A link that leads nowhere, left behind by a version that was removed, is not there.</summary>
    private static bool IsThere(string program) =>
        File.Exists(program) && (File.ResolveLinkTarget(program, returnFinalTarget: true)?.Exists ?? true);
}
