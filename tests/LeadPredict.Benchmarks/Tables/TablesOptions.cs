using System.Globalization;
using LeadPredict.Testing;

namespace LeadPredict.Benchmarks.Tables;

/// <summary>What <c>tables</c> was told.</summary>
internal sealed class TablesOptions
{
    private readonly string[] _only;

    public TablesOptions(string[] args)
    {
        HashSet<int> read = [];
        string? Value(string name)
        {
            int at = Array.IndexOf(args, name);
            if (at < 0 || at + 1 == args.Length)
            {
                return null;
            }

            read.UnionWith([at, at + 1]);
            return args[at + 1];
        }

        bool Flag(string name) => Array.IndexOf(args, name) is >= 0 and var at && read.Add(at);
        Seed = Number(Value("--seed"));
        Draws = Number(Value("--draws"));
        _only = Value("--only")?.Split(',') ?? [];
        Folder = Value("--folder") is { } folder ? Path.GetFullPath(folder) : null;
        Python = Value("--python") ?? "/usr/bin/python3";
        Script = Value("--script") ?? Path.GetFullPath(Path.Combine(SharedFiles.RepositoryRoot, "..", "shared", "peers", "tabular.py"));
        Quick = Flag("--quick");
        Peers = !Flag("--no-peers");
        AsTheyAre = Flag("--as-they-are");
        Real = [.. args.Where((_, at) => !read.Contains(at)).Select(Path.TrimEndingDirectorySeparator)];
    }

    /// <summary>The first seed.</summary>
    public int Seed { get; }

    /// <summary>How often each kind is drawn, with seeds one after the other.</summary>
    public int Draws { get; }

    public string? Folder { get; }

    public string Python { get; }

    public string Script { get; }

    public bool Quick { get; }

    public bool Peers { get; }

    /// <summary>Whether the folders' own test rows are taken, and no tables drawn.</summary>
    public bool AsTheyAre { get; }

    /// <summary>Folders with training files that are parted anew, unless they are taken as they are.</summary>
    public string[] Real { get; }

    public bool Valid => Seed >= 0 && Draws > 0 && (!Peers || File.Exists(Script)) && Real.All(folder => File.Exists(Path.Combine(folder, "train.csv")))
        && (!AsTheyAre || (Real.Length > 0 && Real.All(folder => File.Exists(Path.Combine(folder, "test.csv")))));

    /// <summary>Whether a kind of so many rows is asked for, by its name with or without the rows.</summary>
    public bool Takes(string kind, int rows) =>
        _only.Length == 0 || _only.Contains(kind) || _only.Contains(string.Create(CultureInfo.InvariantCulture, $"{kind}-{rows}"));

    private static int Number(string? text) =>
        text is null ? 1 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1;
}
