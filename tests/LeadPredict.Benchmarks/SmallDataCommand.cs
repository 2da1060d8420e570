using System.Globalization;
using LeadPredict.Benchmarks.Tables;

namespace LeadPredict.Benchmarks;

/// <summary>
/// <c>small-data</c>: draws tables with few positives from larger ones, learns from each with the default options, and prints how the log loss
/// on the test table compares with that of the base rate, and how often the intervals hold the rate of a group of rows of like score (ten groups, fewer where that leaves a group under fifteen conversions).
/// </summary>
internal static class SmallDataCommand
{
    private const int MostTestRows = 4000;
    private static readonly int[] Positives = [20, 40, 100, 200];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var draws, .. var folders] || !int.TryParse(draws, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || folders.Length == 0)
        {
            await Console.Error.WriteLineAsync("small-data DRAWS DIR...   (each DIR holds train.csv and test.csv with a 0/1 column 'label', the last)");
            return 1;
        }

        DirectoryInfo work = Directory.CreateTempSubdirectory("leadpredict-small-");
        Console.WriteLine("table         positives  log loss  base rate's  worse  groups held  width");
        foreach (string folder in folders)
        {
            string[] train = await File.ReadAllLinesAsync(Path.Combine(folder, "train.csv"));
            string[] test = await File.ReadAllLinesAsync(Path.Combine(folder, "test.csv"));
            int step = Math.Max(1, (test.Length - 1 + MostTestRows - 1) / MostTestRows);
            await File.WriteAllLinesAsync(Path.Combine(work.FullName, "test.csv"), [test[0], .. test.Skip(1).Where((_, i) => i % step == 0)]);
            foreach (int positives in Positives)
            {
                Console.WriteLine(await MeasureAsync(work.FullName, Path.GetFileName(folder), train, positives, count));
            }
        }

        work.Delete(recursive: true);
        return 0;
    }

    private static async Task<string> MeasureAsync(string work, string name, string[] train, int positives, int draws)
    {
        double model = 0, constant = 0, held = 0, width = 0;
        int worse = 0, learnt = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            double rate = await WriteDrawAsync(Path.Combine(work, "train.csv"), train, positives, draw);
            if (await TableTrial.RunAsync(Path.Combine(work, "train.csv"), Path.Combine(work, "test.csv"), work) is not { } scored)
            {
                continue;
            }

            model += scored.LogLoss;
            constant += scored.LossOf(rate);
            held += scored.Held;
            width += scored.Width;
            worse += scored.LogLoss > scored.LossOf(rate) ? 1 : 0;
            learnt++;
        }

        return learnt == 0
            ? $"{name,-13} {positives,9}  refused every time"
            : FormattableString.Invariant($"{name,-13} {positives,9}  {model / learnt,8:F4}  {constant / learnt,11:F4}  {worse,2}/{learnt,-2}  {100 * held / learnt,5:F0} %  {width / learnt:F3}");
    }

    /// <summary>So many positives, and negatives in proportion, in the table's order.</summary>
    private static async Task<double> WriteDrawAsync(string file, string[] train, int positives, int seed)
    {
        int[] yes = [.. Enumerable.Range(1, train.Length - 1).Where(row => train[row].EndsWith(",1", StringComparison.Ordinal))];
        int[] no = [.. Enumerable.Range(1, train.Length - 1).Except(yes)];
        var random = new Random(seed);
        random.Shuffle(yes);
        random.Shuffle(no);
        int negatives = (int)Math.Round(positives * (double)no.Length / yes.Length);
        int[] rows = [.. yes.Take(positives).Concat(no.Take(negatives)).Order()];
        await File.WriteAllLinesAsync(file, [train[0], .. rows.Select(row => train[row])]);
        return (double)positives / rows.Length;
    }
}
