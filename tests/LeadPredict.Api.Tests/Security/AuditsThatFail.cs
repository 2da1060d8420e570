using Dapper;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Api.Tests.Security;

/// <summary>What an administrator did is done, though it cannot be written down.</summary>
public sealed class AuditsThatFail : StoredLeads
{
    [Fact]
    public async Task Action_WhoseAuditNoStoreTakes_IsAnsweredAsDoneAndToldByTheLog()
    {
        await using (var connection = new SqliteConnection($"Data Source={Operations.File};Pooling=False"))
        {
            await connection.ExecuteAsync("CREATE TRIGGER full BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'of secret@example.org'); END");
        }

        await using ApiHost api = await ApiHost.StartAsync(History, adminKey: ApiHost.AdminKey, change: options => options with { Operations = Operations });
        api.Client.DefaultRequestHeaders.Add("X-Api-Key", ApiHost.AdminKey);

        (await api.PostAsync("/v1/events/retry", "")).Status.ShouldBe(200);

        string[] told = [.. api.Log.Lines.Where(line => line.Contains("udit", StringComparison.Ordinal))];
        told.Length.ShouldBe(2);
        told[0].ShouldContain("events.retry outbox: done");
        told[1].ShouldContain("could not be written to the store: Microsoft.Data.Sqlite.SqliteException");
        told[1].ShouldNotContain("secret");
    }
}
