using System.Text.Json;
using LeadPredict.Api.Events;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Scores;
using LeadPredict.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadPredict.Api.Tests.Events;

/// <summary>Events in the shapes of the systems that they are written back to.</summary>
public sealed class ScoresWrittenBack
{
    [Theory]
    [InlineData(EventFormat.HubSpot, "PATCH", "/crm/v3/objects/contacts/l%401")]
    [InlineData(EventFormat.Dynamics, "POST", "/msdyn_predictivescores")]
    public async Task Scores_WrittenBack_HaveTheReceiversShape(EventFormat format, string method, string path)
    {
        var options = new EventOptions { Url = new("http://127.0.0.1:1/"), Format = format, Token = "secret-token" };
        using HttpRequestMessage request = EventRequest.Of(new(1, EventsOut.Event("e1", "l@1", 0), 0, null), options, ApiHost.Clock.GetUtcNow());
        (request.Method.Method, request.RequestUri!.AbsolutePath, request.Headers.Authorization!.Parameter).ShouldBe((method, path, "secret-token"));
        JsonElement body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync()).RootElement;
        if (format == EventFormat.HubSpot)
        {
            body.GetProperty("properties").GetProperty("leadpredict_score").GetString().ShouldBe("72");
        }
        else
        {
            (body.GetProperty("msdyn_score").GetInt32(), body.GetProperty("msdyn_grade").GetString(), body.GetProperty("msdyn_scoretrend").GetInt32(), body.GetProperty("msdyn_entityid").GetString())
                .ShouldBe((72, "B", 0, "l@1"));
        }
    }

    [Theory]
    [InlineData("https://org.example/api/data/v9.2", EventFormat.Dynamics, "https://org.example/api/data/v9.2/msdyn_predictivescores")]
    [InlineData("https://org.example/api/data/v9.2/", EventFormat.Dynamics, "https://org.example/api/data/v9.2/msdyn_predictivescores")]
    [InlineData("https://proxy.example/gateway", EventFormat.HubSpot, "https://proxy.example/gateway/crm/v3/objects/contacts/4711")]
    [InlineData("https://api.hubapi.com", EventFormat.HubSpot, "https://api.hubapi.com/crm/v3/objects/contacts/4711")]
    public void Scores_WrittenBack_GoUnderTheGivenRootToTheReceiversOwnIdentifier(string url, EventFormat format, string expected)
    {
        var options = new EventOptions { Url = new(url), Format = format, LeadIdPrefix = "hs-" };
        using HttpRequestMessage request = EventRequest.Of(new(1, EventsOut.Event("e1", "hs-4711", 0), 0, null), options, ApiHost.Clock.GetUtcNow());
        request.RequestUri!.AbsoluteUri.ShouldBe(expected);
    }

    [Fact]
    public async Task Events_OfAReceiverThatIsOverwritten_AreOneAScoreAndOfItsOwnLeadsAlone()
    {
        using var folder = new Artifacts.Tests.TemporaryFolder();
        await using IHistoryStore history = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + folder["leads.db"], create: false);
        string[] leads = ["hs-77051", "77051", "00Q8", "hs-", "hs-.", "hs-.."];
        foreach (string lead in leads)
        {
            await history.AppendAsync(HistoryBatch.Of(new LeadBuilder(lead).Touched("demo_request", 5).Enters(Stage.MarketingQualified, 7).BuildAlone()));
            await operations.LastScores.KeepAsync(EventsOut.Before(lead, ApiHost.Clock.GetUtcNow().AddDays(-2), 0, "nurture"), null, []);
        }

        await using ApiHost api = await ApiHost.StartAsync(history, change: options => options with
        {
            Operations = operations,
            RescoreEvery = TimeSpan.FromHours(24),
            Events = new() { Url = new("http://127.0.0.1:1/"), Format = EventFormat.HubSpot, Thresholds = [1, 2] },
            Ingest = new() { Mapping = "hubspot:\n  leadIdPrefix: hs-\n" },
        });
        await EventsOut.WaitForAsync(async () => (await operations.LastScores.DueAsync(ApiHost.Clock.GetUtcNow().AddDays(-1), ApiHost.Clock.GetUtcNow(), 10)).Count == 0);

        (await operations.Outbox.CountAsync()).ShouldBe((1, 0));
        (await operations.Outbox.DueAsync(ApiHost.Clock.GetUtcNow().AddDays(1), 10)).ShouldHaveSingleItem().Event.LeadId.ShouldBe("hs-77051");
    }

    [Theory]
    [InlineData("hs-")]
    [InlineData("hs-.")]
    [InlineData("hs-..")]
    [InlineData("4711")]
    public async Task Event_OfALeadThatHasNoAddressAtTheReceiver_IsTakenOutUnsent(string lead)
    {
        using var folder = new Artifacts.Tests.TemporaryFolder();
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using Receiver receiver = await Receiver.StartAsync();
        await operations.LastScores.KeepAsync(EventsOut.Before(lead, ApiHost.Clock.GetUtcNow(), 5, "x"), null, [EventsOut.Event("e1", lead, 0)]);
        var options = new EventOptions { Url = new(receiver.Url, "root/x"), Format = EventFormat.HubSpot, LeadIdPrefix = "hs-", Token = "secret-token" };
        using var sender = new EventSender(new() { Operations = operations, Time = ApiHost.Clock, Events = options }, NullLogger<EventSender>.Instance);
        using var client = new HttpClient();

        (await sender.StepAsync(client, CancellationToken.None)).ShouldBe(1);

        receiver.Received.ShouldBeEmpty();
        (await operations.Outbox.CountAsync()).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(EventFormat.HubSpot, 0)]
    [InlineData(EventFormat.LeadPredict, 1)]
    public async Task Event_PutBackInLineWhileALaterOneIsSent_IsSentOnlyWhereItOverwritesNothing(EventFormat format, int sent)
    {
        using var folder = new Artifacts.Tests.TemporaryFolder();
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using Receiver receiver = await Receiver.StartAsync();
        await operations.LastScores.KeepAsync(EventsOut.Before("l1", ApiHost.Clock.GetUtcNow(), 5, "x"), null, [EventsOut.Event("old", "l1", 0), EventsOut.Event("new", "l1", 0)]);
        await operations.Outbox.FailedAsync((await operations.Outbox.DueAsync(ApiHost.Clock.GetUtcNow(), 10))[0], "answered 410", null, ApiHost.Clock.GetUtcNow());
        using var sender = new EventSender(
            new() { Operations = operations, Time = ApiHost.Clock, Events = new() { Url = receiver.Url, Format = format } }, NullLogger<EventSender>.Instance);
        using var client = new HttpClient();
        receiver.Answer = number =>
        {
            if (number == 0)
            {
                operations.Outbox.ReviveAsync(ApiHost.Clock.GetUtcNow(), latestOnly: format == EventFormat.HubSpot).GetAwaiter().GetResult().ShouldBe(1);
            }

            return 200;
        };

        (await sender.StepAsync(client, CancellationToken.None)).ShouldBe(1);
        (await sender.StepAsync(client, CancellationToken.None)).ShouldBe(sent);
    }

    [Fact]
    public async Task Objection_OfAPersonWhoseEventsWait_WithdrawsThem()
    {
        using var folder = new Artifacts.Tests.TemporaryFolder();
        await using IHistoryStore history = await HistoryStores.OpenAsync("sqlite:" + folder["leads.db"], create: true);
        await using OperationsStore operations = await OperationsStore.OpenAsync("sqlite:" + folder["leads.db"], create: false);
        foreach (string lead in new[] { "here", "elsewhere" })
        {
            await history.AppendAsync(HistoryBatch.Of(new LeadBuilder(lead).BuildAlone()));
            await operations.LastScores.KeepAsync(EventsOut.Before(lead, ApiHost.Clock.GetUtcNow().AddDays(-2), 0, "nurture"), null, [EventsOut.Event("e-" + lead, lead, 0)]);
        }

        // One objects here, the other was told by a CRM, with a score of it on its way.
        LastScore before = (await operations.LastScores.FindAsync("elsewhere"))!;
        await history.AppendAsync(new() { Attributes = new LeadBuilder("elsewhere").Has(ProfilingObjection.Attribute, "true").Build().Attributes });
        await using ApiHost api = await ApiHost.StartAsync(history, change: options => options with { Operations = operations });
        (await api.PostAsync("/v1/leads/here/objection", "")).Status.ShouldBe(200);
        (await operations.Outbox.CountAsync()).ShouldBe((0, 0));

        (await operations.LastScores.KeepAsync(EventsOut.Before("elsewhere", ApiHost.Clock.GetUtcNow(), 0, "nurture"), before, [EventsOut.Event("late", "elsewhere", 0)])).ShouldBe(Keeping.Overtaken);
        (await operations.LastScores.KeepAsync(EventsOut.Before("here", ApiHost.Clock.GetUtcNow().AddDays(-2), 0, "nurture"), await operations.LastScores.FindAsync("here"), [EventsOut.Event("late", "here", 0)]))
            .ShouldBe(Keeping.Kept, "an event of whoever objects, however it came there, is withdrawn by the next score");
        await using ApiHost rescoring = await ApiHost.StartAsync(history, change: options => options with { Operations = operations, RescoreEvery = TimeSpan.FromHours(24) });
        await EventsOut.WaitForAsync(async () => (await operations.Outbox.CountAsync()).Waiting == 0);
    }
}
