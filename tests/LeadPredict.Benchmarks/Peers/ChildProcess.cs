using System.Diagnostics;
using System.Globalization;

namespace LeadPredict.Benchmarks.Peers;

/// <summary>Runs a program to its end and keeps what it printed and the most memory it had.</summary>
/// <param name="Output">Its standard output.</param>
/// <param name="PeakMegabytes">From the kernel's own high-water mark (Linux), read until the end; 0 elsewhere.</param>
internal sealed record ChildProcess(string Output, double PeakMegabytes)
{
    public static ChildProcess Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"'{program}' did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        double peak = 0;
        while (!process.WaitForExit(20))
        {
            peak = Math.Max(peak, HighWater(process.Id));
        }

        return process.ExitCode == 0
            ? new(output.GetAwaiter().GetResult(), peak)
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}");
    }

    private static double HighWater(int id)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.AsSpan(6).TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            // It has just ended, or this is another system.
            return 0;
        }
    }
}
