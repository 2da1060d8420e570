using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace LeadPredict.Testing;

/// <summary>A test against another implementation in Python: skipped by name where Python or a package is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(params string[] packages)
    {
        Skip = PythonRun.Try($"import {string.Join(", ", packages)}") is null ? null : $"needs python3 with {string.Join(", ", packages)}, which is not here";
    }
}

/// <summary>Runs Python scripts.</summary>
public static class PythonRun
{
    /// <summary>Where the distribution puts its Python, whose packages are the ones that its package manager installs.</summary>
    private const string DistributionPython = "/usr/bin/python3";

    private static readonly ConcurrentDictionary<string, string?> Tried = new(StringComparer.Ordinal);

    /// <summary>The distribution's Python before another one that stands first on the path.</summary>
    private static readonly string Interpreter = File.Exists(DistributionPython) ? DistributionPython : "python3";

    /// <summary>Runs a script and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is its own.</exception>
    public static string Of(string script, params string[] arguments)
    {
        (int exit, string output, string error) = Start([script, .. arguments]);
        return exit == 0 ? output : throw new InvalidOperationException($"{script} ended with {exit}: {error}{output}");
    }

    /// <summary>Runs a line of code; null when it went well, else why not.</summary>
    /// <remarks>Asked once a line: test runners make each attribute several times.</remarks>
    public static string? Try(string code) => Tried.GetOrAdd(code, FirstTry);

    private static string? FirstTry(string code)
    {
        try
        {
            (int exit, _, string error) = Start(["-c", code]);
            return exit == 0 ? null : error;
        }
        catch (Win32Exception missing)
        {
            return missing.Message;
        }
    }

    private static (int Exit, string Out, string Error) Start(string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(Interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
