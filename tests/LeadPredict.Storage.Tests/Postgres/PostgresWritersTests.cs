using LeadPredict.Storage.Postgres;
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
        await using var other = new NpgsqlConnection(_database + ";Pooling=false");
        await other.OpenAsync();
        await using NpgsqlTransaction held = await other.BeginTransactionAsync();
        await RunAsync(other, PostgresStatements.LockAlone);

        // Of a delivery the names of known leads are asked before the lock, too.
        Task<AppendResult> appending = _store.AppendAsync(
            visitor with { Delivered = delivered, Touches = [.. visitor.Touches, .. delivered ? new LeadBuilder("known").Touched("call", 2).Build().Touches : []] });
        while ((long)(await RunAsync(other, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))! == 0)
        {
            appending.IsCompleted.ShouldBeFalse("it waits for the lock");
            await Task.Delay(5);
        }

        await RunAsync(other, "INSERT INTO leadpredict.lead_aliases (alias, lead_id) VALUES ('visitor', 'user')");
        await held.CommitAsync();

        (await appending).Leads.ShouldBe(new AppendCount(0, 1));
        (await _store.SummarizeAsync()).Leads.ShouldBe(2);
        (await _store.FindAccountOfLeadAsync("visitor"))!.Leads.ShouldHaveSingleItem().Touches.ShouldHaveSingleItem().LeadId.ShouldBe("user");
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
