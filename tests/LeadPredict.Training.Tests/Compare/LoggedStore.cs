using System.Security.Cryptography;
using LeadPredict.Artifacts;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Compare;

/// <summary>A store of leads without an account, with scores in the log that are said to be of the committed model: SQL within 60 days, won within 120 more.</summary>
internal sealed class LoggedStore : IDisposable
{
    private static readonly ModelArtifact Model = new ModelRepository(SharedFiles.Repository("models")).Load("leads", 1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-logged-");

    private string Store => "sqlite:" + Path.Combine(_folder.FullName, "history.db");

    /// <summary>A lead that is an MQL from a day on, and what it becomes on another.</summary>
    public static LeadBuilder Mql(string id, double day, Stage? becomes = null, double on = 0)
    {
        LeadBuilder lead = new LeadBuilder(id, day).Enters(Stage.MarketingQualified, day);
        return becomes is { } stage ? lead.Enters(stage, on) : lead;
    }

    public static LoggedScore Score(string lead, double day, string role, double probability) => new()
    {
        At = Day.At(day),
        AsOf = Day.At(day),
        LeadId = lead,
        Model = Model.Name,
        Version = Model.Version,
        Hash = Model.Hash,
        Role = role,
        Origin = "served",
        Fingerprint = "",
        Stage = "MarketingQualified",
        Score = 50,
        Grade = "B",
        Points = 20,
        Sql = probability,
        Close = probability / 2,
        NextStage = "",
        NextAction = "",
    };

    public async Task AddAsync(IEnumerable<LeadBuilder> leads, IEnumerable<LoggedScore> scores)
    {
        await using (IHistoryStore history = await HistoryStores.OpenAsync(Store, create: true))
        {
            foreach (LeadBuilder lead in leads)
            {
                await history.AppendAsync(HistoryBatch.Of(lead.BuildAlone()));
            }
        }

        await using OperationsStore operations = await OperationsStore.OpenAsync(Store, create: false);
        await operations.Scores.AppendAsync([.. scores]);
    }

    public Task<ConsoleRun> CompareAsync(params string[] options) => CompareOfAsync(SharedFiles.Repository("models"), options);

    /// <summary>With a second version beside the model, which asks for SQL within another number of days.</summary>
    /// <returns>The folder of the models, and the version.</returns>
    public (string Models, ModelArtifact Other) WithOtherHorizon(int days)
    {
        string models = Path.Combine(_folder.FullName, "models");
        foreach (string version in new[] { "1", "2" })
        {
            string folder = Directory.CreateDirectory(Path.Combine(models, "leads", version)).FullName;
            foreach (string file in Directory.GetFiles(SharedFiles.Repository("models/leads/1")))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }

        string other = Path.Combine(models, "leads", "2");
        string manifest = Path.Combine(other, "manifest.json");
        string model = Path.Combine(other, "model.json");
        string before = Sha256(model);
        long size = new FileInfo(model).Length;
        File.WriteAllText(model, File.ReadAllText(model).Replace("\"qualifyHorizonDays\":60,", $"\"qualifyHorizonDays\":{days},", StringComparison.Ordinal));
        new FileInfo(model).Length.ShouldBe(size);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(before, Sha256(model), StringComparison.Ordinal));
        return (models, new ModelRepository(models).Load("leads", 2));
    }

    public Task<ConsoleRun> CompareOfAsync(string models, params string[] options) =>
        ConsoleRun.Of(new FakeTimeProvider(Day.At(400)), ["compare", "--from-log", "--models", models, "--store", Store, .. options]);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Sha256(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
