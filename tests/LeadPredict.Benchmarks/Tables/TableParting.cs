namespace LeadPredict.Benchmarks.Tables;

/// <summary>Parts the training file of a real table anew, so that its test file stays out of sight.</summary>
internal static class TableParting
{
    /// <summary>Larger files are thinned evenly.</summary>
    private const int MostRows = 10_000;

    private const double TrainingShare = 0.75;

    /// <summary>The ways to part: at random, the last quarter, and the second quarter after the first.</summary>
    public static readonly string[] Ways = ["random", "last", "middle"];

    /// <summary>Writes train.csv and test.csv.</summary>
    /// <param name="file">With a header; rows in time order where there is one.</param>
    /// <param name="way">One of <see cref="Ways"/>.</param>
    /// <param name="seed">For <c>random</c>.</param>
    /// <param name="folder">Is there already.</param>
    public static void Write(string file, string way, int seed, string folder)
    {
        string[] lines = File.ReadAllLines(file);
        int step = (lines.Length - 1 + MostRows - 1) / MostRows;
        string[] rows = [.. lines.Skip(1).Where((_, i) => i % step == 0)];
        switch (way)
        {
            case "random":
                new Random(seed).Shuffle(rows);
                break;
            case "middle":
                rows = rows[..(rows.Length * 2 / 3)];
                break;
        }

        int start = (int)(TrainingShare * rows.Length);
        File.WriteAllLines(Path.Combine(folder, "train.csv"), [lines[0], .. rows[..start]]);
        File.WriteAllLines(Path.Combine(folder, "test.csv"), [lines[0], .. rows[start..]]);
    }
}
