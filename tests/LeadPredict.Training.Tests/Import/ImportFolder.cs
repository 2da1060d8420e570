using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Training.Tests.Import;

/// <summary>A folder with files to import and a store, gone afterwards.</summary>
internal sealed class ImportFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-import-");

    public string Files => Path.Combine(_folder.FullName, "files");

    public string StoreFile => Path.Combine(_folder.FullName, "history.db");

    public string Store => "sqlite:" + StoreFile;

    public string Rejects => Path.Combine(_folder.FullName, "rejects.csv");

    public ImportFolder With(string file, string text)
    {
        Directory.CreateDirectory(Files);
        File.WriteAllText(Path.Combine(Files, file), text);
        return this;
    }

    public Task<ConsoleRun> ImportAsync(params string[] more) => ConsoleRun.Of(["import", Files, "--store", Store, .. more]);

    public async Task<List<LeadHistory>> LeadsAsync()
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(Store, create: false);
        var leads = new List<LeadHistory>();
        await foreach (AccountHistory account in store.ReadAccountsAsync())
        {
            leads.AddRange(account.Leads);
        }

        return leads;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
