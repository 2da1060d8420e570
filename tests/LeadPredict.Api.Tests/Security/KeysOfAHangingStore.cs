using LeadPredict.Api.Errors;
using LeadPredict.Api.Security;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Operations;
using LeadPredict.Testing;
using LeadPredict.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LeadPredict.Api.Tests.Security;

/// <summary>A store that takes the question and does not answer, as while its table is locked, keeps nobody waiting and locks nobody out.</summary>
public sealed class KeysOfAHangingStore
{
    private readonly FakeTimeProvider _clock = new(ApiHost.Clock.GetUtcNow());

    [PostgresFact]
    public async Task Keys_WhileTheStoreHangs_ThoseKnownCountAndOthersMayBeGood()
    {
        PostgresCluster cluster = await PostgresCluster.SharedAsync();
        string text = await cluster.CreateDatabaseAsync();
        await using OperationsStore operations = await OperationsStore.OpenAsync(text, create: true);
        var options = new LeadPredictApiOptions { Operations = operations, Time = _clock };
        KeyRing Ring(double seconds) => new(options, NullLogger<KeyRing>.Instance, TimeSpan.FromSeconds(seconds));
        KeyRing ring = Ring(0.2), patient = Ring(60), fresh = Ring(0.2);
        string known = await KeyAsync(operations);
        (await FindAsync(ring, known)).ShouldNotBeNull();
        (await FindAsync(patient, known)).ShouldNotBeNull();
        string added = await KeyAsync(operations);
        _clock.Advance(KeyRing.Freshness);
        await using (var other = new NpgsqlConnection(text))
        {
            await other.OpenAsync();
            await using NpgsqlTransaction locking = await other.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand("LOCK TABLE leadpredict.access_keys", other, locking))
            {
                await command.ExecuteNonQueryAsync();
            }

            (await FindAsync(ring, known)).ShouldNotBeNull();
            await Should.ThrowAsync<ProblemException>(() => FindAsync(ring, added));
            await Should.ThrowAsync<ProblemException>(() => FindAsync(fresh, known), "nothing was read yet");

            // While one waits for the answer.
            Task<Caller?> one = patient.FindAsync(known, CancellationToken.None).AsTask();
            Task<Caller?> another = patient.FindAsync(added, CancellationToken.None).AsTask();
            (await FindAsync(patient, known)).ShouldNotBeNull();
            (one.IsCompleted, another.IsCompleted).ShouldBe((false, false));
            await locking.RollbackAsync();
            (await another.WaitAsync(TimeSpan.FromSeconds(10))).ShouldNotBeNull();
            (await one).ShouldNotBeNull();
        }

        await Events.EventsOut.WaitForAsync(async () =>
        {
            _clock.Advance(KeyRing.Freshness);
            return await Task.WhenAny(FindAsync(ring, added), Task.Delay(1_000)) is Task<Caller?> { IsCompletedSuccessfully: true, Result: not null };
        });
    }

    private static Task<Caller?> FindAsync(KeyRing ring, string text) => ring.FindAsync(text, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    private async Task<string> KeyAsync(OperationsStore operations)
    {
        (AccessKey key, string text) = AccessKeyText.Create("test", AccessScopes.Read, _clock.GetUtcNow().AddDays(-1), null);
        await operations.Keys.AddAsync(key);
        return text;
    }
}
