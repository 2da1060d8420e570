using System.Globalization;

namespace LeadPredict.Benchmarks.Tables;

/// <summary>
/// <c>tables</c>: draws tables of many kinds, parts given training files anew, learns from each with the default options, and prints log loss
/// and ECE beside the best of nine peers.
/// </summary>
internal static class TablesCommand
{
    private const int QuickRows = 1000;

    private const string Usage =
        "tables [--seed 1] [--draws 1] [--only NAME[,NAME...]] [--quick] [--folder DIR] [--script tabular.py] [--python python3] [--no-peers] [--as-they-are] [DIR...]   (a DIR holds train.csv "
        + "with a 0/1 column 'label', the last; --quick draws those of up to 1,000 rows; --folder keeps tables and peers for the next run; --as-they-are takes each DIR's own test.csv, keeps the peers beside it and draws nothing; Python with pandas, "
        + "scikit-learn, xgboost; the script is ../shared/peers/tabular.py)";

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new TablesOptions(args);
        if (!options.Valid)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 1;
        }

        DirectoryInfo work = Directory.CreateTempSubdirectory("leadpredict-tables-");
        string folder = options.Folder ?? work.FullName;
        string[] tables = options.AsTheyAre ? options.Real : [.. Drawn(options, folder), .. Parted(options, folder)];
        if (options.Peers)
        {
            TablePeers.Fit(options.Python, options.Script, tables);
        }

        List<TableLine> lines = [];
        Console.WriteLine("table                    log loss  best peer      gap      ECE  goal   chance  slope   held  width");
        foreach (string table in tables)
        {
            ScoredTable? scored = await TableTrial.RunAsync(Path.Combine(table, "train.csv"), Path.Combine(table, "test.csv"), work.FullName);
            if (scored is null)
            {
                Console.WriteLine($"{Path.GetFileName(table),-24} refused");
                continue;
            }

            var line = new TableLine(Path.GetFileName(table), scored, options.Peers ? TablePeers.Of(table) : null);
            Console.WriteLine(line);
            lines.Add(line);
        }

        TableLine.Sum(lines);
        work.Delete(recursive: true);
        return 0;
    }

    private static IEnumerable<string> Drawn(TablesOptions options, string folder)
    {
        foreach ((TableKind kind, int[] sizes) in TableKinds.All)
        {
            foreach (int rows in sizes.Where(rows => !options.Quick || rows <= QuickRows))
            {
                for (int draw = 0; options.Takes(kind.Name, rows) && draw < options.Draws; draw++)
                {
                    int seed = options.Seed + draw;
                    string table = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{kind.Name}-{rows}-{seed}"));
                    Make(table, to => kind.Write(to, rows, seed));
                    yield return table;
                }
            }
        }
    }

    private static IEnumerable<string> Parted(TablesOptions options, string folder)
    {
        foreach (string real in options.Real)
        {
            foreach (string way in TableParting.Ways)
            {
                string table = Path.Combine(folder, $"{Path.GetFileName(real)}-{way}");
                Make(table, to => TableParting.Write(Path.Combine(real, "train.csv"), way, options.Seed, to));
                yield return table;
            }
        }
    }

    private static void Make(string table, Action<string> write)
    {
        if (!File.Exists(Path.Combine(table, "test.csv")))
        {
            Directory.CreateDirectory(table);
            write(table);
        }
    }
}
