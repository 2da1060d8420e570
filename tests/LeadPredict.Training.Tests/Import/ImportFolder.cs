using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LeadPredict.Api;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using Microsoft.AspNetCore.Builder;

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

    /// <summary>Sends to a service over the store, as a CRM does; gives the answer.</summary>
    public async Task<JsonNode> SendAsync(IHistoryStore store, string source, JsonNode payload)
    {
        Directory.CreateDirectory(Files);
        await using WebApplication app = LeadPredictApi.Create(new() { Models = Files, Store = store, Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var body = new StringContent(payload.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri("/v1/ingest/" + source, UriKind.Relative), body);
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonNode> SendAsync(string source, string payload)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(Store, create: true);
        return await SendAsync(store, source, JsonNode.Parse(payload)!);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
