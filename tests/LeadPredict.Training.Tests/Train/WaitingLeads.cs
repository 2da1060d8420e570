using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Models;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Testing;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.Train;

/// <summary>Leads qualify within six days or hardly ever. Some of those that stay came to be known as MQLs weeks later, as by a backfill.</summary>
public sealed class WaitingLeads : IDisposable
{
    private const int Leads = 900;
    private static readonly ConsoleHost Host = new(TextWriter.Null, TextWriter.Null, new FakeTimeProvider(Day.At(800)), interactive: false);
    private static readonly double[] Lots = Draw(new Random(5));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-waiting-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public async Task Train_SomeBecameKnownLate_StillTellsThatWaitingLeadsSeldomQualify(int oneLateIn)
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync("sqlite:" + Path.Combine(_folder.FullName, "history.db"), create: true);
        await history.AppendAsync(HistoryBatch.Of([.. Enumerable.Range(0, Leads).Select(i => Lead(i, oneLateIn).BuildAlone())]));
        using HistorySpool spool = await history.SpoolAsync(Day.At(800), default);
        HistoryExamples examples = await HistoryExamples.CollectAsync(spool, FunnelDefinition.Default, Host, default);
        ServedHistory trained = await new HistoryTrainer(history, Host).LearnAsync(spool, examples, new() { Name = "leads" }, default);
        string[] waiting = [.. Enumerable.Range(0, Leads).Where(i => !Qualifies(i) && !IsLate(i, oneLateIn)).Select(Name)];

        double handedOver = await ToldAsync(0.1), later = await ToldAsync(9), muchLater = await ToldAsync(25);

        handedOver.ShouldBeInRange(0.2, 0.4);
        later.ShouldBeLessThan(0.01);
        muchLater.ShouldBeLessThan(0.01);

        async Task<double> ToldAsync(double days)
        {
            HistoryRow[] rows = [.. waiting.Select(lead => new HistoryRow(lead, Day.At(Entered(int.Parse(lead[1..])) + days), 0)).OrderBy(row => row.AsOf)];
            await new HistoryReader(spool, Host).ReadAsync(rows, trained.Draft.Schema, null, default);
            ScoreModel model = trained.Chain.Sql!.Model;
            return rows.Average(row => model.Probability(model.RawScore(row.Features())));
        }
    }

    private static double[] Draw(Random random) => [.. Enumerable.Range(0, 5 * Leads).Select(_ => random.NextDouble())];

    private static string Name(int i) => $"l{i:D4}";

    private static double Entered(int i) => i / 2.0;

    private static double Lot(int i, int which) => Lots[(5 * i) + which - 1];

    private static bool Qualifies(int i) => Lot(i, 1) < 0.3;

    private static bool IsLate(int i, int oneLateIn) => oneLateIn > 0 && i % oneLateIn == 0 && !Qualifies(i);

    private static LeadBuilder Lead(int i, int oneLateIn)
    {
        double day = Entered(i);
        LeadBuilder lead = new LeadBuilder(Name(i), day).Has("size", Lot(i, 2) * 100).Has("age", Lot(i, 3) * 100)
            .Enters(Stage.MarketingQualified, day, recorded: IsLate(i, oneLateIn) ? day + 75 : null);
        double moves = day + (6 * Lot(i, 4));
        return Qualifies(i)
            ? lead.Enters(Stage.SalesQualified, moves).Enters(Lot(i, 5) < 0.4 ? Stage.Won : Stage.Lost, moves + 20)
            : lead.Enters(Stage.Disqualified, day + 100);
    }
}
