using LeadPredict.Api.Rescoring;
using LeadPredict.Storage.Outbox;

namespace LeadPredict.Api.Tests.Rescoring;

/// <summary>One service at a time has the right to a work, and does not write for it with every look.</summary>
public sealed class SoleWorkTests : StoredLeads
{
    private static readonly DateTimeOffset Now = ApiHost.Clock.GetUtcNow();

    private IOutbox Outbox => Operations.Outbox;

    [Fact]
    public async Task Right_WithEnoughLeftForAStep_IsNotAskedForAgain()
    {
        SoleWork ours = Work();
        (await HoldsAsync(ours, 0)).ShouldBeTrue();
        (await HoldsAsync(ours, 48)).ShouldBeTrue();

        // The store was told nothing of the second look: the right ends with the first.
        (await HoldsAsync(Work(), 59)).ShouldBeFalse();
        (await HoldsAsync(Work(), 60)).ShouldBeTrue();
    }

    [Fact]
    public async Task Right_WithLessLeftThanAStep_IsTakenAgain()
    {
        SoleWork ours = Work();
        (await HoldsAsync(ours, 0)).ShouldBeTrue();
        (await HoldsAsync(ours, 49)).ShouldBeTrue();

        (await HoldsAsync(Work(), 108)).ShouldBeFalse();
    }

    [Fact]
    public async Task Right_ThatAnotherTookOver_IsNotOurs()
    {
        SoleWork ours = Work();
        SoleWork theirs = Work();
        (await HoldsAsync(ours, 0)).ShouldBeTrue();
        (await HoldsAsync(theirs, 60)).ShouldBeTrue();

        (await HoldsAsync(ours, 60)).ShouldBeFalse();
        (await HoldsAsync(ours, 61)).ShouldBeFalse();
        (await HoldsAsync(ours, 120)).ShouldBeTrue();
    }

    [Fact]
    public async Task Right_TakenWhileTheClockWasAhead_IsAskedForAgain()
    {
        SoleWork ours = Work();
        (await HoldsAsync(ours, 86_400)).ShouldBeTrue();
        (await HoldsAsync(Work(), 0)).ShouldBeTrue("no right is good for so long");

        (await HoldsAsync(ours, 1)).ShouldBeFalse();
    }

    private static SoleWork Work() => new("w", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(12));

    private Task<bool> HoldsAsync(SoleWork work, int second) => work.HoldAsync(Outbox, Now.AddSeconds(second), CancellationToken.None);
}
