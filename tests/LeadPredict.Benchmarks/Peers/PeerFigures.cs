using System.Text.Json;

namespace LeadPredict.Benchmarks.Peers;

/// <summary>What one library did with the table.</summary>
/// <param name="Peer">Its name.</param>
/// <param name="FitSeconds">The fit, reading the file left out.</param>
/// <param name="LogLoss">On the test rows.</param>
/// <param name="PeakMegabytes">The most memory that its whole process had.</param>
/// <param name="BatchRowsPerSecond">All test rows at once.</param>
/// <param name="SingleMicroseconds">Median of one row at a time, in process.</param>
internal sealed record PeerFigures(
    string Peer, double FitSeconds, double LogLoss, double PeakMegabytes, double BatchRowsPerSecond, double SingleMicroseconds)
{
    /// <summary>Reads a line of the peers' script.</summary>
    public static PeerFigures Parse(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        double Number(string name) => json.RootElement.GetProperty(name).GetDouble();
        return new(
            json.RootElement.GetProperty("peer").GetString()!,
            Number("fit_s"),
            Number("log_loss"),
            Number("peak_rss_mb"),
            Number("batch_rows_per_s"),
            Number("single_us"));
    }

    /// <summary>The median of each figure of one library's runs.</summary>
    public static PeerFigures Median(IEnumerable<PeerFigures> runs)
    {
        PeerFigures[] all = [.. runs];
        return new(
            all[0].Peer,
            Middle(all.Select(run => run.FitSeconds)),
            Middle(all.Select(run => run.LogLoss)),
            Middle(all.Select(run => run.PeakMegabytes)),
            Middle(all.Select(run => run.BatchRowsPerSecond)),
            Middle(all.Select(run => run.SingleMicroseconds)));
    }

    /// <summary>The middle one, or the lower of two.</summary>
    public static double Middle(IEnumerable<double> values) => values.Order().ToArray() is { Length: > 0 } sorted ? sorted[(sorted.Length - 1) / 2] : double.NaN;
}
