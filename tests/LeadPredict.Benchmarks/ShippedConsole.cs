using LeadPredict.Testing;

namespace LeadPredict.Benchmarks;

/// <summary>The console as users run it: compiled ahead of time, where the copy beside the benchmarks is not.</summary>
internal static class ShippedConsole
{
    /// <summary>To be run by <c>dotnet</c>.</summary>
    public static string Path { get; } = SharedFiles.Repository("training", "bin", "Release", "net10.0", "leadpredict.dll");
}
