using Dapper;
using LeadPredict.Api.Retention;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadPredict.Api.Tests.Retention;

/// <summary>Scores and events are kept as long as is asked for, and what is older goes, however much there is.</summary>
public sealed class OldScores : StoredLeads
{
    private const int Many = 2_500;
    private static readonly DateTimeOffset Now = ApiHost.Clock.GetUtcNow();

    private protected override async Task BeginAsync()
    {
        await Operations.Scores.AppendAsync([.. Enumerable.Range(0, Many).Select(i => Score("old", Now.AddDays(-31).AddSeconds(i))), Score("old", Now.AddDays(-30))]);
        OutboxEvent Event(string id) => new(id, "sent", "score.crossed", "{}", Now.AddDays(-40));
        (await Operations.LastScores.KeepAsync(Score("sent", Now.AddDays(-40)), null, [Event("e1"), Event("e2")])).ShouldBe(Keeping.Kept);
        await Operations.Outbox.DeliveredAsync((await Operations.Outbox.DueAsync(Now, 10))[0], Now.AddDays(-39));
    }

    [Fact]
    public async Task Scores_OlderThanIsAskedFor_AreRemoved()
    {
        await using ApiHost api = await ApiHost.StartAsync(History, change: options => options with { Operations = Operations, KeepFor = TimeSpan.FromDays(30), Time = TimeProvider.System });

        // By the machine's clock all of them are older.
        await Events.EventsOut.WaitForAsync(async () => (await CountAsync()) == (0, 0));
        (await Operations.Outbox.CountAsync()).Waiting.ShouldBe(1, "what was not delivered yet stays");
        (await Operations.LastScores.FindAsync("sent")).ShouldNotBeNull("what was said last is no history");
    }

    [Fact]
    public async Task Scores_OfTheDaysThatAreAskedFor_Stay()
    {
        var worker = new RetentionWorker(
            new() { Operations = Operations, KeepFor = TimeSpan.FromDays(30), Time = ApiHost.Clock }, NullLogger<RetentionWorker>.Instance);
        int removed = 0, steps = 0;
        for (int one; (one = (await worker.StepAsync(CancellationToken.None)).ShouldNotBeNull()) > 0; removed += one)
        {
            steps++;
        }

        (removed, steps).ShouldBe((Many + 2, 3));
        (await CountAsync()).ShouldBe((1, 0));
    }

    /// <summary>What is no refusal of the store is a bug, or a damage that nobody foresaw.</summary>
    [Fact]
    public async Task Scores_ThatFailToBeRemoved_AreToldAndTheServiceGoesOn()
    {
        await using (var connection = new SqliteConnection($"Data Source={Operations.File};Pooling=False"))
        {
            await connection.ExecuteAsync("CREATE TRIGGER kept BEFORE DELETE ON score_log BEGIN SELECT RAISE(ABORT, 'of secret@example.org'); END");
        }

        await using ApiHost api = await ApiHost.StartAsync(History, change: options => options with { Operations = Operations, KeepFor = TimeSpan.FromDays(30), Time = TimeProvider.System });

        await Events.EventsOut.WaitForAsync(() => Task.FromResult(api.Log.Lines.Any(line => line.Contains("SqliteException", StringComparison.Ordinal))));
        BackgroundService worker = api.Services.GetServices<IHostedService>().OfType<RetentionWorker>().ShouldHaveSingleItem();
        worker.ExecuteTask!.IsCompleted.ShouldBeFalse();
        api.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        api.Log.Lines.ShouldNotContain(line => line.Contains("secret", StringComparison.Ordinal));
    }

    private async Task<(int Old, int Sent)> CountAsync() =>
        ((await Operations.Scores.OfLeadAsync("old", 10_000)).Count, (await Operations.Scores.OfLeadAsync("sent", 10_000)).Count);

    private static LoggedScore Score(string lead, DateTimeOffset at) => Events.EventsOut.Before(lead, at, 70, "call this week");
}
