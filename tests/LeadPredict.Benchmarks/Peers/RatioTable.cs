using System.Globalization;

namespace LeadPredict.Benchmarks.Peers;

/// <summary>The figures side by side, and ours over those of the first peer.</summary>
internal static class RatioTable
{
    public static void Print(int rows, PeerFigures ours, PeerFigures[] peers, double megabytesPerSecond)
    {
        PeerFigures first = peers[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows, 30 features, 100 trees of 31 leaves; ratios to {first.Peer}"));
        Console.WriteLine();
        Line(["", .. peers.Select(peer => peer.Peer), ours.Peer, "ratio", "goal"]);
        Line([.. Enumerable.Repeat("---", peers.Length + 4)]);
        Row("fit, s", peer => peer.FitSeconds, "0.00", "at most 0.4");
        Row("peak memory, MB", peer => peer.PeakMegabytes, "0", "at most 0.7");
        Row("batch, rows a second", peer => peer.BatchRowsPerSecond, "0", "at least 5");
        Row("one row, us", peer => peer.SingleMicroseconds, "0.00", "at most 0.01");
        Line(["log loss", .. peers.Select(peer => Text(peer.LogLoss, "0.00000")), Text(ours.LogLoss, "0.00000"), Text(ours.LogLoss - first.LogLoss, "+0.00000;-0.00000"), "at most +0.0003"]);
        Line(["CSV read, MB/s", .. peers.Select(_ => ""), Text(megabytesPerSecond, "0"), "", "at least 100"]);

        void Row(string name, Func<PeerFigures, double> figure, string format, string goal) => Line(
            [name, .. peers.Select(peer => Text(figure(peer), format)), Text(figure(ours), format), Text(figure(ours) / figure(first), "0.000"), goal]);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Line(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
