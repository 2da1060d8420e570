using LeadPredict.Training.Hosting;

namespace LeadPredict.Benchmarks.Tables;

/// <summary>Learns from a folder's train.csv with the default options and scores its test.csv.</summary>
internal static class TableTrial
{
    /// <summary>The scores, or null where training is refused.</summary>
    /// <param name="train">A table whose last column is the label.</param>
    /// <param name="test">Later rows of it.</param>
    /// <param name="work">For the model and the scores, which do not stay.</param>
    public static async Task<ScoredTable?> RunAsync(string train, string test, string work)
    {
        string header = File.ReadLines(train).First().Replace("\"", "", StringComparison.Ordinal);
        int exit = await Program(
            "train", "--table", train, "--label", "label", "--models", work, "--name", "trial", "--accept-leak", header[..header.LastIndexOf(',')]);
        if (exit != 0)
        {
            return null;
        }

        string scored = Path.Combine(work, "scored.csv");
        await Program("score", "--models", work, "--model", "trial", "--in", test, "--out", scored);
        Directory.Delete(Path.Combine(work, "trial"), recursive: true);
        return await ScoredTable.ReadAsync(scored);
    }

    private static Task<int> Program(params string[] args) =>
        Training.Program.RunAsync(args, new ConsoleHost(TextWriter.Null, TextWriter.Null, TimeProvider.System));
}
