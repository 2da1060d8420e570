using System.Collections.Concurrent;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Pool;

namespace LeadPredict.Scoring.Tests.Pool;

public sealed class PredictionEnginePoolSwaps : IAsyncLifetime
{
    private static readonly ModelReference Champion = new("small", null, ModelAlias.Champion);
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimer _time = new();
    private readonly ConcurrentQueue<EngineChange> _changes = new();
    private ModelRepository _repository = null!;
    private PredictionEnginePool _pool = null!;

    public async Task InitializeAsync()
    {
        _repository = new(_folder["models"]);
        await PublishAndPromoteAsync(-1);
        _pool = new(_repository, _time);
        _pool.Changed += _changes.Enqueue;
        _pool.Add("champion", Champion).ShouldBeTrue();
    }

    public Task DisposeAsync()
    {
        _pool.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void Rent_Twice_ReusesTheEngine()
    {
        PredictionEngine first;
        using (var lease = _pool.Rent("champion"))
        {
            first = lease.Engine;
        }

        using var again = _pool.Rent("champion");
        again.Engine.ShouldBeSameAs(first);
    }

    [Fact]
    public async Task Add_WithWhatWasLoaded_TakesItIfItIsWhatShouldServe()
    {
        CompiledModel first = PredictionEnginePool.Load(_repository, "small", 1);
        _pool.Add("first", Champion, loaded: first).ShouldBeTrue();
        using (var lease = _pool.Rent("first"))
        {
            lease.Model.ShouldBeSameAs(first.Model);
        }

        await PublishAndPromoteAsync(-2);
        _pool.Add("second", Champion, loaded: first).ShouldBeTrue();
        using var other = _pool.Rent("second");
        other.Model.Version.ShouldBe(2);
    }

    [Fact]
    public void Lease_AfterReturn_GivesNoEngine()
    {
        var lease = _pool.Rent("champion");
        lease.Dispose();
        lease.Dispose();
        Should.Throw<ObjectDisposedException>(() => lease.Engine);
        using var one = _pool.Rent("champion");
        using var two = _pool.Rent("champion");
        one.Engine.ShouldNotBeSameAs(two.Engine, "a lease disposed twice returns its engine once");
    }

    [Fact]
    public async Task Swap_WhileRented_KeepsTheOldModelUntilItsLastLeaseReturns()
    {
        var early = _pool.Rent("champion");
        var alsoEarly = _pool.Rent("champion");
        await PublishAndPromoteAsync(-2);
        _pool.Refresh("champion").ShouldBeTrue();

        using var late = _pool.Rent("champion");
        (early.Model.Version, late.Model.Version).ShouldBe((1, 2));
        early.Engine.Model.Sql!.Intercept.ShouldBe(-1);
        PredictionEngine old = early.Engine;

        early.Dispose();
        Freed().ShouldBeEmpty("one lease of the old generation is still out");
        using (var fresh = _pool.Rent("champion"))
        {
            fresh.Engine.ShouldNotBeSameAs(old, "an engine goes back to its own generation");
        }

        alsoEarly.Dispose();
        Freed().ShouldBe(["small@1"]);
        Should.Throw<ObjectDisposedException>(() => old.Explain(ModelLink.Sql, new double[3]));
    }

    [Fact]
    public async Task Timer_AfterAPromotion_SwapsWithoutBeingAsked()
    {
        _time.Period.ShouldBe(TimeSpan.FromSeconds(2));
        await PublishAndPromoteAsync(-2);
        _time.Fire();
        _pool.Status().ShouldHaveSingleItem().Version.ShouldBe(2);
        await _repository.RollbackAsync("small");
        _time.Fire();
        _pool.Status().ShouldHaveSingleItem().Version.ShouldBe(1);
        Freed().ShouldBe(["small@1", "small@2"]);
    }

    [Fact]
    public async Task Version_ThatIsDamaged_IsRefusedOnceAndTheOldGoesOn()
    {
        await PublishAndPromoteAsync(-2);
        string model = _folder["models", "small", "2", "model.json"];
        byte[] good = File.ReadAllBytes(model);
        File.WriteAllBytes(model, [.. good.Reverse()]);

        _pool.Refresh("champion").ShouldBeFalse();
        _pool.Refresh("champion").ShouldBeFalse();
        var status = _pool.Status().ShouldHaveSingleItem();
        status.Version.ShouldBe(1);
        status.Fault.ShouldNotBeNull().ShouldContain(model);
        _changes.Count(change => change.Kind == EngineChangeKind.Refused).ShouldBe(1, "the same fault is told once");
        using (var lease = _pool.Rent("champion"))
        {
            lease.Model.Version.ShouldBe(1);
        }

        File.WriteAllBytes(model, good);
        _pool.Refresh("champion").ShouldBeTrue();
        _pool.Status().ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.Version.ShouldBe(2), s => s.Fault.ShouldBeNull());
    }

    [Fact]
    public void Rent_OfAnEngineWithoutModel_SaysWhy()
    {
        _pool.Add("other", new("other", null, ModelAlias.Champion)).ShouldBeFalse();
        Should.Throw<EngineNotReadyException>(() => _pool.Rent("other")).Message.ShouldContain("train one");
        Should.Throw<EngineNotReadyException>(() => _pool.Rent("none")).Message.ShouldContain("champion, other");
    }

    [Fact]
    public async Task Swaps_UnderLoad_FreeEachGenerationExactlyOnce()
    {
        for (int version = 2; version <= 4; version++)
        {
            await _repository.PublishAsync(SmallModels.Draft(intercept: -version));
        }

        using var stop = new CancellationTokenSource();
        Task[] renters = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            float[] row = [1, 50, 2];
            while (!stop.IsCancellationRequested)
            {
                using var lease = _pool.Rent("champion");
                double intercept = lease.Engine.Model.Sql!.Intercept;
                intercept.ShouldBe(-lease.Model.Version);
                double.IsFinite(lease.Engine.Model.Sql.RawScore(row)).ShouldBeTrue();
            }
        }))];
        for (int swap = 0; swap < 40; swap++)
        {
            await _repository.PromoteAsync("small", 1 + (swap % 4));
            await Task.WhenAll(Task.Run(() => _pool.Refresh("champion")), Task.Run(() => _pool.Refresh("champion")));
        }

        await stop.CancelAsync();
        await Task.WhenAll(renters);
        _pool.Dispose();

        long[] served = [.. _changes.Where(change => change.Kind == EngineChangeKind.Serving).Select(change => change.Generation)];
        long[] freed = [.. _changes.Where(change => change.Kind == EngineChangeKind.Freed).Select(change => change.Generation)];
        freed.ShouldBeUnique();
        served.ShouldBeSubsetOf(freed);
        freed.Length.ShouldBe((int)freed.Max(), "every generation that was loaded was freed");
    }

    [Fact]
    public void Dispose_WithALeaseOut_FreesWhenItReturns()
    {
        var lease = _pool.Rent("champion");
        _pool.Dispose();
        _time.Disposed.ShouldBeTrue();
        lease.Engine.Model.Version.ShouldBe(1);
        Freed().ShouldBeEmpty();
        lease.Dispose();
        Freed().ShouldBe(["small@1"]);
        Should.Throw<ObjectDisposedException>(() => _pool.Rent("champion"));
    }

    private string[] Freed() => [.. _changes.Where(change => change.Kind == EngineChangeKind.Freed).Select(change => change.Model)];

    private async Task PublishAndPromoteAsync(double intercept) =>
        await _repository.PromoteAsync("small", await _repository.PublishAsync(SmallModels.Draft(intercept: intercept)));
}
