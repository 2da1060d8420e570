using System.Globalization;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>What is learnt from 20,000 simulated leads, held to the probabilities that the simulation drew from.</summary>
public sealed class TruthTests : IDisposable
{
    private const int Bins = 15;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-truth-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The leads of the last 60 days: none of their labels was decided when the model was trained.</summary>
    [Fact]
    public async Task Probabilities_LearntFrom20000Leads_AreCloseToTheTruth()
    {
        await SimulateAsync(leads: 20_000, seed: 7);
        await using IHistoryStore store = await HistoryStores.OpenAsync(Connection, create: false, default);
        var host = new ConsoleHost(TextWriter.Null, TextWriter.Null, TimeProvider.System);
        using HistorySpool spool = await store.SpoolAsync(DateTimeOffset.MaxValue);
        HistoryExamples examples = await HistoryExamples.CollectAsync(spool, (await store.GetFunnelAsync())!, host, default);
        ServedHistory trained = await new HistoryTrainer(store, host).LearnAsync(spool, examples, new() { Name = "leads" }, default);

        DateTimeOffset undecided = examples.ObservedUntil - examples.Funnel.Qualify!.Horizon;
        (HistoryRow Row, Truth Truth)[] leads =
            [.. ReadTruths().Where(truth => truth.AsOf > undecided).Select(truth => (new HistoryRow(truth.LeadId, truth.AsOf, 0), truth))];
        await new HistoryReader(spool, host).ReadAsync(
            [.. leads.Select(lead => lead.Row)], trained.Draft.Schema, ScorecardDefinition.Default, default);

        Hold("P(SQL)", [.. leads.Select(lead => (ChainScores.Sql(trained.Chain, lead.Row), lead.Truth.Sql))]);
        Hold("P(close)", [.. leads.Select(lead => (ChainScores.Close(trained.Chain, lead.Row), lead.Truth.Close))]);
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

    private string Connection => "sqlite:" + Path.Combine(_folder.FullName, "history.db");

    private async Task SimulateAsync(int leads, int seed)
    {
        string simulated = Path.Combine(_folder.FullName, "simulated");
        (await ConsoleRun.Of(
            "simulate", "--out", simulated, "--leads", leads.ToString(CultureInfo.InvariantCulture), "--seed", seed.ToString(CultureInfo.InvariantCulture)))
            .ExitCode.ShouldBe(0);
        (await ConsoleRun.Of("import", simulated, "--store", Connection)).ExitCode.ShouldBe(0);
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
