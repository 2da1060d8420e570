using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>A store that goes away or runs out of room under load: leads that come whole are scored all the same, history is refused with 503, nothing acknowledged is lost, and all is well again without a restart.</summary>
public sealed class StoreTrouble
{
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly ConcurrentDictionary<(string Path, int Status), int> _answers = new();

    [PostgresFact]
    public async Task Server_ThatDiesAndComesBack_LosesNothing()
    {
        await using PostgresCluster cluster = await PostgresCluster.StartNewAsync();
        string store = await cluster.CreateDatabaseAsync();
        await RunAsync(store, cluster.Kill, cluster.StartAsync);
    }

    [MountFact]
    public async Task Disk_ThatIsFullAndEmptiedAgain_LosesNothing()
    {
        using var disk = new SmallDisk(megabytes: 16);
        await RunAsync("sqlite:" + Path.Combine(disk.Folder, "leads.db"), disk.Fill, () =>
        {
            disk.Empty();
            return Task.CompletedTask;
        });
    }

    private async Task RunAsync(string store, Action breakIt, Func<Task> mendAsync)
    {
        using DrillFolder folder = await DrillFolder.CreateAsync();
        await using ServiceProcess service = await ServiceProcess.StartAsync(folder.Models, store, "--create-store", "--rescore-hours", "0");
        using var done = new CancellationTokenSource();
        Task[] callers = [.. Enumerable.Range(0, 2).Select(caller => Task.Run(() => IngestAsync(service, caller, done.Token))),
            .. Enumerable.Range(0, 2).Select(caller => Task.Run(() => ScoreAsync(service, caller, done.Token)))];
        for (int round = 0; round < Drill.Rounds(1, 10); round++)
        {
            await ForAsync(() => _answers.GetValueOrDefault(("/v1/leads", 200)) > 5, "history is taken");
            breakIt();
            int before = _answers.GetValueOrDefault(("/v1/leads", 503));
            await ForAsync(() => _answers.GetValueOrDefault(("/v1/leads", 503)) > before, "history is refused");
            int scored = _answers.GetValueOrDefault(("/v1/score", 200));
            await ForAsync(() => _answers.GetValueOrDefault(("/v1/score", 200)) > scored + 20, "scoring goes on");
            (await service.IsReadyAsync()).ShouldBeTrue("it still scores");
            await mendAsync();
            int taken = _answers.GetValueOrDefault(("/v1/leads", 200));
            await ForAsync(() => _answers.GetValueOrDefault(("/v1/leads", 200)) > taken + 2, "history is taken again");
        }

        await done.CancelAsync();
        await Task.WhenAll(callers);
        _answers.Keys.Where(answer => answer.Path == "/v1/score").Select(answer => answer.Status).ShouldBe([200]);
        _answers.Keys.Where(answer => answer.Path == "/v1/leads").Select(answer => answer.Status).Order().ShouldBe([200, 503]);
        (await service.TerminateAsync(TimeSpan.FromSeconds(30))).ShouldBe(0);
        await using IHistoryStore history = await HistoryStores.OpenAsync(store, create: false);
        var found = new HashSet<string>();
        await foreach (AccountHistory account in history.ReadAccountsAsync())
        {
            found.UnionWith(account.Leads.Select(lead => lead.Lead.Id));
        }

        _acknowledged.Keys.Except(found).ShouldBeEmpty("acknowledged and lost");

        Task ForAsync(Func<bool> reached, string what) => WaitAsync(reached, () => $"{what}: {JsonSerializer.Serialize(_answers.Select(pair => $"{pair.Key} {pair.Value}"))}\n{service.Said}");
    }

    private async Task IngestAsync(ServiceProcess service, int caller, CancellationToken done)
    {
        for (int i = 0; !done.IsCancellationRequested; i++)
        {
            string id = $"c{caller}-{i}";
            using HttpResponseMessage response = await service.Client.PostAsJsonAsync(
                "/v1/leads", new { id, createdAt = "2025-01-01", attributes = new { note = new string('x', 2_000) } }, CancellationToken.None);
            Count("/v1/leads", response);
            if ((int)response.StatusCode == 200)
            {
                _acknowledged[id] = true;
            }
        }
    }

    private async Task ScoreAsync(ServiceProcess service, int caller, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            using var body = new StringContent(DrillFolder.Lead(caller), Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await service.Client.PostAsync("/v1/score", body, CancellationToken.None);
            Count("/v1/score", response);

            // The score log shares the store; scores are not to crowd out history.
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private void Count(string path, HttpResponseMessage response) => _answers.AddOrUpdate((path, (int)response.StatusCode), 1, (_, count) => count + 1);

    private static async Task WaitAsync(Func<bool> reached, Func<string> otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (!reached())
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), otherwise());
            await Task.Delay(20);
        }
    }
}
