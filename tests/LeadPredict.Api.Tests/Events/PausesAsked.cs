using LeadPredict.Api.Events;
using LeadPredict.Storage.Operations;
using LeadPredict.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadPredict.Api.Tests.Events;

/// <summary>Receivers that say when to come again, or say much.</summary>
public sealed class PausesAsked
{
    [Theory]
    [InlineData("120", 120)]
    [InlineData("120", 120, true)]
    [InlineData("7200", 3600)]
    [InlineData("90000", 3600, true)]
    [InlineData("0", 1)]
    [InlineData("-90000", 1, true)]
    public async Task RetryAfter_OfWhicheverForm_IsWaitedForUpToAnHour(string seconds, int expected, bool isDate = false)
    {
        using var folder = new Artifacts.Tests.TemporaryFolder();
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using Receiver receiver = await Receiver.StartAsync();
        DateTimeOffset now = ApiHost.Clock.GetUtcNow();
        await operations.LastScores.KeepAsync(EventsOut.Before("l1", now, 5, "x"), null, [EventsOut.Event("e1", "l1", 0)]);
        receiver.Answer = _ => 503;
        receiver.RetryAfter = isDate ? now.AddSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)).ToString("R") : seconds;
        using var sender = new EventSender(
            new() { Operations = operations, Time = new FakeTimeProvider(now), Events = new() { Url = receiver.Url } }, NullLogger<EventSender>.Instance);
        using var client = new HttpClient();

        (await sender.StepAsync(client, CancellationToken.None)).ShouldBe(1);

        // The pause that is not asked for is spread by a quarter.
        (await operations.Outbox.DueAsync(now.AddSeconds(expected * 0.74), 10)).ShouldBeEmpty();
        (await operations.Outbox.DueAsync(now.AddSeconds(expected == 1 ? 1.25 : expected - 1), 10)).Count.ShouldBe(expected == 1 ? 1 : 0);
        (await operations.Outbox.DueAsync(now.AddSeconds(expected + 1), 10)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Answer_LongerThanAnybodyReads_CountsByItsStatus()
    {
        using var folder = new Artifacts.Tests.TemporaryFolder();
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using Receiver receiver = await Receiver.StartAsync();
        DateTimeOffset now = ApiHost.Clock.GetUtcNow();
        await operations.LastScores.KeepAsync(EventsOut.Before("l1", now, 5, "x"), null, [EventsOut.Event("e1", "l1", 0)]);
        receiver.AnswerBytes = 200_000;
        using var sender = new EventSender(
            new() { Operations = operations, Time = new FakeTimeProvider(now), Events = new() { Url = receiver.Url } }, NullLogger<EventSender>.Instance);
        using var client = new HttpClient { MaxResponseContentBufferSize = 1024 };

        (await sender.StepAsync(client, CancellationToken.None)).ShouldBe(1);

        (await operations.Outbox.CountAsync()).ShouldBe((0, 0));
        receiver.Received.Count.ShouldBe(1);
    }
}
