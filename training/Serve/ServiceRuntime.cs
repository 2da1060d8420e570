using System.Collections;
using System.Runtime.InteropServices;

namespace LeadPredict.Training.Serve;

/// <summary>
/// The runtime's settings for serving. The program's own suit training, which runs each loop once; a service runs the same code for days, and
/// answers about half as many again when the runtime may watch it and compile it anew, and when small garbage may pile up longer. Settings are read
/// when a process starts, so the service begins by replacing its own image (Linux; elsewhere it runs as it is).
/// </summary>
internal static partial class ServiceRuntime
{
    private const string Marker = "LEADPREDICT_SERVICE_RUNTIME";

    private static readonly (string Name, string Value)[] Settings =
    [
        ("DOTNET_TieredPGO", "1"),
        ("DOTNET_TC_QuickJitForLoops", "1"),
        ("DOTNET_GCgen0size", "0x4000000"), // 64 MB
        (Marker, "1"),
    ];

    /// <summary>Starts this process anew with the settings; returns where that was done before, or cannot be.</summary>
    public static void Enter()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Marker) is not null || Environment.ProcessPath is not { } program)
        {
            return;
        }

        string[] arguments;
        try
        {
            arguments = File.ReadAllText("/proc/self/cmdline").Split('\0')[..^1];
        }
        catch (IOException)
        {
            return;
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        foreach ((string name, string value) in Settings)
        {
            environment.TryAdd(name, value);
        }

        // Returns only when it fails; then the service runs with the settings that it has.
        _ = Execute(program, [.. arguments, null], [.. environment.Select(variable => $"{variable.Key}={variable.Value}"), null]);
    }

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, string?[] arguments, string?[] environment);
}
