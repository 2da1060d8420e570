using System.Globalization;
using LeadPredict.Testing;

namespace LeadPredict.Benchmarks.Peers;

/// <summary>
/// <c>peers --rows N</c>: makes one table, trains and scores XGBoost, scikit-learn and LeadPredict on it one after the other on this machine,
/// and prints how they compare. Only the ratios mean anything on another machine.
/// </summary>
internal static class PeersCommand
{
    private const string Usage =
        "peers --rows N [--times N] [--script speed.py] [--python python3] [--folder DIR]   (Python with numpy, pandas, scikit-learn, xgboost; "
        + "the script is LEADPREDICT_PEERS or ../shared/peers/speed.py)";

    public static int Run(string[] arguments)
    {
        string? Value(string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
        string script = Value("--script") ?? Environment.GetEnvironmentVariable("LEADPREDICT_PEERS")
            ?? Path.GetFullPath(Path.Combine(SharedFiles.RepositoryRoot, "..", "shared", "peers", "speed.py"));
        string python = Value("--python") ?? "/usr/bin/python3";
        if (!int.TryParse(Value("--rows"), NumberStyles.None, CultureInfo.InvariantCulture, out int rows) || !File.Exists(script))
        {
            Console.Error.WriteLine(File.Exists(script) ? Usage : $"there is no script '{script}'\n{Usage}");
            return 1;
        }

        int times = int.Parse(Value("--times") ?? "1", NumberStyles.None, CultureInfo.InvariantCulture);
        string folder = Value("--folder") ?? Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"leadpredict-peers-{rows}"));
        if (!File.Exists(Path.Combine(folder, "test.csv")))
        {
            ChildProcess.Run(python, script, "make", folder, rows.ToString(CultureInfo.InvariantCulture));
        }

        // In turn, so that a machine that others use too is as busy for one as for the other.
        List<PeerFigures> figures = [];
        List<double> megabytes = [];
        for (int time = 0; time < times; time++)
        {
            (PeerFigures ours, double read) = OurRun.Of(folder);
            megabytes.Add(read);
            figures.AddRange(ChildProcess.Run(python, script, "run", folder).Output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(PeerFigures.Parse));
            figures.Add(ours);
        }

        PeerFigures[] medians = [.. figures.GroupBy(run => run.Peer).Select(PeerFigures.Median)];
        RatioTable.Print(rows, medians[^1], medians[..^1], PeerFigures.Middle(megabytes));
        return 0;
    }
}
