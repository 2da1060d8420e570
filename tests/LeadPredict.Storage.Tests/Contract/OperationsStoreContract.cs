using LeadPredict.Storage.Audit;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Tests.Postgres;
using LeadPredict.Storage.Tests.Sqlite;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Storage.Tests.Contract;

/// <summary>What every store of keys, admin actions, scores and events must do.</summary>
public abstract partial class OperationsStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2025, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private OperationsStore Store { get; set; } = null!;

    protected abstract Task<string> AddressAsync();

    private string _address = "";
    private int _second;

    /// <summary>Lets time pass for rights to a work, where they go by another clock than the asker's.</summary>
    protected virtual Task PassAsync(int seconds) => Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _address = await AddressAsync();
        Store = await OperationsStore.OpenAsync(_address, create: true);
    }

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [ContractFact]
    public async Task Key_ThatIsKept_RecognisesItsTextAlone()
    {
        (AccessKey key, string text) = AccessKeyText.Create("crm", AccessScopes.Score | AccessScopes.Read, Now, Now.AddDays(1));
        await Store.Keys.AddAsync(key);

        AccessKey read = (await Store.Keys.ListAsync()).ShouldHaveSingleItem();

        (read.Id, read.Name, read.Scopes, read.CreatedAt, read.ExpiresAt, read.RevokedAt)
            .ShouldBe((key.Id, "crm", AccessScopes.Score | AccessScopes.Read, Now, Now.AddDays(1), null));
        AccessKeyText.IdOf(text).ShouldBe(read.Id);
        AccessKeyText.IsOf(read, text).ShouldBeTrue();
        for (int i = text.Length - 64; i < text.Length; i++)
        {
            AccessKeyText.IsOf(read, text[..i] + (text[i] == '0' ? '1' : '0') + text[(i + 1)..]).ShouldBeFalse();
        }

        AccessKeyText.IsOf(read, "").ShouldBeFalse();
        Convert.ToHexStringLower([.. read.Hash]).ShouldNotContain(text[^64..]);
    }

    [ContractFact]
    public async Task Key_OnceRevoked_StaysSo()
    {
        (AccessKey key, _) = AccessKeyText.Create("crm", AccessScopes.Score, Now, null);
        await Store.Keys.AddAsync(key);

        (await Store.Keys.RevokeAsync(key.Id, Now.AddHours(1))).ShouldBeTrue();
        (await Store.Keys.RevokeAsync(key.Id, Now.AddHours(2))).ShouldBeFalse();
        (await Store.Keys.RevokeAsync("none", Now)).ShouldBeFalse();

        AccessKey read = (await Store.Keys.ListAsync()).ShouldHaveSingleItem();
        read.RevokedAt.ShouldBe(Now.AddHours(1));
        read.IsGoodAt(Now).ShouldBeFalse();
        (await Store.Keys.ReplaceAsync(key.Id, AccessKeyText.Create("crm", AccessScopes.Score, Now, null).Key, Now)).ShouldBeFalse();
        (await Store.Keys.ListAsync()).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task Key_WithASuccessor_EndsWhenSaidOrEarlier()
    {
        (AccessKey endless, _) = AccessKeyText.Create("a", AccessScopes.Read, Now, null);
        (AccessKey brief, _) = AccessKeyText.Create("b", AccessScopes.Read, Now, Now.AddDays(1));
        await Store.Keys.AddAsync(endless);
        await Store.Keys.AddAsync(brief);

        (await Store.Keys.ReplaceAsync(endless.Id, AccessKeyText.Create("a", AccessScopes.Read, Now.AddHours(1), null).Key, Now.AddDays(7))).ShouldBeTrue();
        (await Store.Keys.ReplaceAsync(brief.Id, AccessKeyText.Create("b", AccessScopes.Read, Now.AddHours(2), null).Key, Now.AddDays(7))).ShouldBeTrue();

        IReadOnlyList<AccessKey> keys = await Store.Keys.ListAsync();
        keys.Count.ShouldBe(4);
        keys.Single(key => key.Id == endless.Id).ExpiresAt.ShouldBe(Now.AddDays(7));
        keys.Single(key => key.Id == brief.Id).ExpiresAt.ShouldBe(Now.AddDays(1));
        keys.Single(key => key.Id == endless.Id).IsGoodAt(Now.AddDays(7)).ShouldBeFalse();
    }

    [ContractFact]
    public async Task Audit_IsReadNewestFirst()
    {
        AuditEntry[] entries = [.. Enumerable.Range(0, 5).Select(i => new AuditEntry(Now, "console", "keys.create", $"k{i}", "done"))];
        foreach (AuditEntry entry in entries)
        {
            await Store.Audit.AppendAsync(entry);
        }

        (await Store.Audit.ReadAsync(3)).ShouldBe(entries.Reverse().Take(3));
    }
}

public sealed class SqliteOperationsStoreTests : OperationsStoreContract, IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<string> AddressAsync() => Task.FromResult(_folder.Connection("keys.db"));
}

[NeedsPostgres]
public sealed class PostgresOperationsStoreTests : OperationsStoreContract
{
    private string _database = "";

    protected override async Task<string> AddressAsync() => _database = await EmptyPostgresStore.CreateAsync();

    /// <summary>The clock is the server's.</summary>
    protected override Task PassAsync(int seconds) => PostgresCluster.ExecuteOnAsync(_database, $"UPDATE leadpredict.work_leases SET until = until - {seconds} * 1000000::bigint");

    [PostgresFact]
    public async Task Work_OfServicesWhoseClocksDiffer_StaysOneOwners()
    {
        await using OperationsStore store = await OperationsStore.OpenAsync(_database, create: false);
        var at = new DateTimeOffset(2025, 7, 1, 12, 0, 0, TimeSpan.Zero);
        (await TakeAsync("a", 0)).ShouldBeTrue();

        (await TakeAsync("ahead", 300)).ShouldBeFalse();
        (await TakeAsync("behind", -300)).ShouldBeFalse();
        (await TakeAsync("a", 0)).ShouldBeTrue();

        Task<bool> TakeAsync(string owner, int second) => store.Outbox.TakeAsync("w", owner, at.AddSeconds(second), TimeSpan.FromSeconds(15));
    }
}
