using System.Text.Json;
using LeadPredict.Benchmarks.Peers;

namespace LeadPredict.Benchmarks.Tables;

/// <summary>What the peers reach on a table.</summary>
/// <param name="Peer">Whose log loss is least.</param>
/// <param name="LogLoss">That log loss.</param>
/// <param name="Ece">The least ECE of any.</param>
internal sealed record TablePeers(string Peer, double LogLoss, double Ece)
{
    private const string File = "peers.jsonl";

    /// <summary>Fits the peers on every folder where that was not done before, in one run of Python.</summary>
    public static void Fit(string python, string script, IEnumerable<string> folders)
    {
        string[] missing = [.. folders.Where(folder => !System.IO.File.Exists(Path.Combine(folder, File)))];
        if (missing.Length == 0)
        {
            return;
        }

        ILookup<string, string> lines = ChildProcess.Run(python, [script, .. missing]).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).ToLookup(line => JsonDocument.Parse(line).RootElement.GetProperty("data").GetString()!);
        foreach (string folder in missing)
        {
            System.IO.File.WriteAllLines(Path.Combine(folder, File), lines[Path.GetFileName(folder)]);
        }
    }

    /// <summary>The figures of a folder.</summary>
    public static TablePeers Of(string folder)
    {
        JsonElement[] peers = [.. System.IO.File.ReadLines(Path.Combine(folder, File)).Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement best = peers.MinBy(peer => peer.GetProperty("log_loss").GetDouble());
        return new(best.GetProperty("peer").GetString()!, best.GetProperty("log_loss").GetDouble(), peers.Min(peer => peer.GetProperty("ece").GetDouble()));
    }
}
