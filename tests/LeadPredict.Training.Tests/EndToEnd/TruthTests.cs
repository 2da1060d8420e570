using System.Globalization;
using LeadPredict.Learning.Training;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>What is learnt from 20,000 simulated leads, held to the probabilities that the simulation drew from.</summary>
public sealed class TruthTests : IDisposable
{
    private const int Bins = 15;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-truth-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Probabilities_LearntFrom20000Leads_AreCloseToTheTruth()
    {
        TrainedHistory trained = await TrainAsync(leads: 20_000, seed: 7);
        ILookup<string, Truth> truths = ReadTruths().ToLookup(truth => truth.LeadId, StringComparer.Ordinal);
        var rows = trained.Examples.Test.Where(row => row.IsEntry)
            .Select(row => (Row: row, Truth: truths[row.LeadId].SingleOrDefault(truth => (truth.AsOf - row.AsOf).Duration() < TimeSpan.FromSeconds(5))))
            .ToArray();
        rows.ShouldAllBe(row => row.Truth != null);

        Hold("P(SQL)", [.. rows.Where(row => row.Row.Qualified is not null).Select(row => (ChainScores.Sql(trained.Chain, row.Row), row.Truth!.Sql))]);
        Hold("P(close)", [.. rows.Where(row => row.Row.Closed is not null).Select(row => (ChainScores.Close(trained.Chain, row.Row), row.Truth!.Close))]);
    }

    private static void Hold(string what, (double Learnt, double True)[] rows)
    {
        double ece = Ece(rows);
        double auc = Auc(rows, row => row.Learnt);
        double best = Auc(rows, row => row.True);
        string shown = $"{what} of {rows.Length} later leads: ECE {ece:F4} against the truth, AUC {auc:F4}, the truth's own {best:F4}";
        Console.WriteLine(shown);
        ece.ShouldBeLessThanOrEqualTo(0.03, shown);
        auc.ShouldBeInRange(best - 0.02, best, shown);
    }

    /// <summary>The mean gap between learnt and true probability over bins of as many leads each, ordered by the learnt one.</summary>
    private static double Ece((double Learnt, double True)[] rows)
    {
        (double Learnt, double True)[] ordered = [.. rows.OrderBy(row => row.Learnt)];
        return Enumerable.Range(0, Bins)
            .Select(bin => ordered[(bin * ordered.Length / Bins)..((bin + 1) * ordered.Length / Bins)])
            .Sum(bin => Math.Abs(bin.Sum(row => row.Learnt - row.True))) / ordered.Length;
    }

    /// <summary>The AUC to be expected when each outcome is drawn with its true probability; ties count half.</summary>
    private static double Auc((double Learnt, double True)[] rows, Func<(double Learnt, double True), double> score)
    {
        double won = 0;
        double pairs = 0;
        foreach ((double Learnt, double True) yes in rows)
        {
            foreach ((double Learnt, double True) no in rows)
            {
                double weight = yes.True * (1 - no.True);
                pairs += weight;
                won += weight * (score(yes) > score(no) ? 1 : score(yes) == score(no) ? 0.5 : 0);
            }
        }

        return won / pairs;
    }

    private async Task<TrainedHistory> TrainAsync(int leads, int seed)
    {
        string simulated = Path.Combine(_folder.FullName, "simulated");
        string connection = "sqlite:" + Path.Combine(_folder.FullName, "history.db");
        (await ConsoleRun.Of(
            "simulate", "--out", simulated, "--leads", leads.ToString(CultureInfo.InvariantCulture), "--seed", seed.ToString(CultureInfo.InvariantCulture)))
            .ExitCode.ShouldBe(0);
        (await ConsoleRun.Of("import", simulated, "--store", connection)).ExitCode.ShouldBe(0);
        await using IHistoryStore store = await HistoryStores.OpenAsync(connection, create: false, default);
        var host = new ConsoleHost(TextWriter.Null, TextWriter.Null, TimeProvider.System);
        return await new HistoryTrainer(store, host).TrainAsync(
            new() { Name = "leads", Trainer = new TrainerOptions(), Scorecard = ScorecardDefinition.Default }, default);
    }

    private IEnumerable<Truth> ReadTruths() =>
        from line in File.ReadLines(Path.Combine(_folder.FullName, "simulated", "truth.csv")).Skip(1)
        let cells = line.Split(',')
        select new Truth(
            cells[0],
            DateTimeOffset.Parse(cells[1], CultureInfo.InvariantCulture),
            double.Parse(cells[3], CultureInfo.InvariantCulture),
            double.Parse(cells[5], CultureInfo.InvariantCulture));

    private sealed record Truth(string LeadId, DateTimeOffset AsOf, double Sql, double Close);
}
