using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using LeadPredict.Storage.Postgres;
using LeadPredict.Storage.Scores;
using LeadPredict.Storage.Tests.Contract;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;
using Npgsql;

namespace LeadPredict.Storage.Tests.Postgres;

/// <summary>What comes to a server while another's transaction is under way there.</summary>
public sealed class PostgresWritersTests : IAsyncLifetime
{
    private string _database = "";
    private IHistoryStore _store = null!;

    public async Task InitializeAsync()
    {
        if (PostgresCluster.SkipReason is null)
        {
            _database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
            _store = await HistoryStores.OpenAsync(_database, create: true);
        }
    }

    public async Task DisposeAsync() => await (_store?.DisposeAsync() ?? ValueTask.CompletedTask);

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Append_LeadWhoseNameAnotherMakesAnAliasMeanwhile_IsTheLeadItMeans(bool delivered)
    {
        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("user").BuildAlone(), new LeadBuilder("known").BuildAlone()));
        HistoryBatch visitor = HistoryBatch.Of(new LeadBuilder("visitor").Touched("page_view", 1).BuildAlone());
        await using NpgsqlConnection other = await ConnectAsync();
        await using NpgsqlTransaction held = await other.BeginTransactionAsync();
        await RunAsync(other, PostgresStatements.LockAlone);

        // Of a delivery the names of known leads are asked before the lock, too.
        Task<AppendResult> appending = _store.AppendAsync(
            visitor with { Delivered = delivered, Touches = [.. visitor.Touches, .. delivered ? new LeadBuilder("known").Touched("call", 2).Build().Touches : []] });
        await WaitsAsync(appending);
        await RunAsync(other, "INSERT INTO leadpredict.lead_aliases (alias, lead_id) VALUES ('visitor', 'user')");
        await held.CommitAsync();

        (await appending).Leads.ShouldBe(new AppendCount(0, 1));
        (await _store.SummarizeAsync()).Leads.ShouldBe(2);
        (await _store.FindAccountOfLeadAsync("visitor"))!.Leads.ShouldHaveSingleItem().Touches.ShouldHaveSingleItem().LeadId.ShouldBe("user");
    }

    /// <summary>When the batch began there was no score to mark yet.</summary>
    [PostgresFact]
    public async Task Append_WhileTheFirstScoreIsKept_MarksIt()
    {
        await using OperationsStore operations = await OperationsStore.OpenAsync(_database, create: false);
        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone(), new LeadBuilder("b").BuildAlone()));
        await using NpgsqlConnection other = await ConnectAsync();
        await using NpgsqlTransaction held = await other.BeginTransactionAsync();
        Touch[] touches = [.. new[] { "a", "b" }.SelectMany(lead => new LeadBuilder(lead).Touched("call", 1).Build().Touches)];
        await RunAsync(other, $"INSERT INTO leadpredict.touches (lead_id, id, type, occurred_at, recorded_at) VALUES ('a', '{touches[0].Id}', 'call', 0, 0)");

        Task<AppendResult> appending = _store.AppendAsync(new() { Touches = touches });
        await WaitsAsync(appending);
        (await operations.LastScores.KeepAsync(OperationsStoreContract.Score("b", Day.At(2)), null, [], known: new LeadBuilder("b").Build())).ShouldBe(Keeping.Kept);
        await held.RollbackAsync();

        (await appending).Touches.Added.ShouldBe(2);
        (await operations.LastScores.ChangedAsync(Day.At(3), 10)).ShouldBe(["b"]);
    }

    /// <summary>It has looked for a score to mark already.</summary>
    [PostgresFact]
    public async Task FirstScore_KeptWhileABatchOfItsLeadEnds_WaitsAndIsNotKept()
    {
        await using OperationsStore operations = await OperationsStore.OpenAsync(_database, create: false);
        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()));
        await using NpgsqlConnection other = await ConnectAsync();
        await using NpgsqlTransaction held = await other.BeginTransactionAsync();
        await RunAsync(other, "INSERT INTO leadpredict.touches (lead_id, id, type, occurred_at, recorded_at) VALUES ('a', 't', 'call', 0, 0)");

        Task<Keeping> keeping = operations.LastScores.KeepAsync(OperationsStoreContract.Score("a", Day.At(2)), null, [], known: new LeadBuilder("a").Build());
        await WaitsAsync(keeping);
        await held.CommitAsync();

        (await keeping).ShouldBe(Keeping.Overtaken);
    }

    /// <summary>A score of the lead that is just being logged, and a touch that is just being added.</summary>
    [PostgresTheory]
    [InlineData("INSERT INTO score_log (at, lead_id, as_of, model, version, hash, role, origin, fingerprint, stage, score, grade, next_stage, next_action) VALUES (1, 'a', 1, 'm', 1, 'h', 'champion', 'served', 'f', 'Lead', 1, 'A', 'Lead', 'call')")]
    [InlineData("INSERT INTO touches (lead_id, id, type, occurred_at, recorded_at) VALUES ('a', 't', 'call', 0, 0)")]
    public async Task Append_LeadThatShowsAForgottenAddress_WaitsForRowsOfItOnTheirWay(string row)
    {
        await PeopleStores.Of(_store).ForgetAsync(null, "ann@acme.co", Day.At(1));
        await _store.AppendAsync(HistoryBatch.Of(new LeadBuilder("a").BuildAlone()));
        await using NpgsqlConnection other = await ConnectAsync();
        await using NpgsqlTransaction held = await other.BeginTransactionAsync();
        await PeopleLock.ShareAsync(other, held, postgres: true, CancellationToken.None);
        await RunAsync(other, "SET LOCAL search_path = leadpredict; " + row);

        Task<AppendResult> appending = _store.AppendAsync(new() { Attributes = new LeadBuilder("a").Has("email", "ann@acme.co", 2).Build().Attributes });
        await WaitsAsync(appending);
        await held.CommitAsync();

        (await appending).Attributes.Forgotten.ShouldBe(1);
        (await PostgresCluster.ExecuteOnAsync(
            _database, "SELECT (SELECT count(*) FROM leadpredict.leads) + (SELECT count(*) FROM leadpredict.touches) + (SELECT count(*) FROM leadpredict.score_log)")).ShouldBe(0L);
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_database + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Returns once the work waits for a lock.</summary>
    private async Task WaitsAsync(Task work)
    {
        while ((long)(await PostgresCluster.ExecuteOnAsync(_database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"))! == 0)
        {
            work.IsCompleted.ShouldBeFalse("it waits for a lock");
            await Task.Delay(5);
        }
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
