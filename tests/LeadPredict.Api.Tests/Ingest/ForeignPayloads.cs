using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Each sender's payload, unedited, with what comes of it.</summary>
public sealed class ForeignPayloads : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(ApiHost.Clock.GetUtcNow());
    private IHistoryStore _store = null!;
    private ApiHost _api = null!;

    public async Task InitializeAsync()
    {
        _store = await HistoryStores.OpenAsync("sqlite:" + _folder["history.db"], create: true);
        _api = await ApiHost.StartAsync(_store, model: false, change: options => options with { Time = _clock });
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hubspot", 8, 5, 1, 1, 1)]
    [InlineData("hubspot-history", 1, 1, 0, 0, 0)]
    [InlineData("salesforce", 9, 7, 0, 0, 2)]
    [InlineData("segment", 7, 7, 0, 0, 0)]
    [InlineData("mautic", 7, 6, 0, 0, 1)]
    [InlineData("marketo", 6, 5, 0, 0, 1)]
    [InlineData("cloudevents", 3, 3, 0, 0, 0)]
    public async Task Payload_AsSent_IsTakenWithCounts(string source, int received, int added, int known, int waiting, int ignored)
    {
        (int status, JsonElement answer) = await _api.SendAsync(Senders.Plain("/v1/ingest/" + source, Senders.Bytes(Senders.Payload(source))));

        status.ShouldBe(200, answer.ToString());
        Counts(answer).ShouldBe((received, added, known, waiting, ignored, 0), answer.ToString());
    }

    [Theory]
    [InlineData("hubspot")]
    [InlineData("hubspot-history")]
    [InlineData("salesforce")]
    [InlineData("segment")]
    [InlineData("mautic")]
    [InlineData("marketo")]
    [InlineData("cloudevents")]
    public async Task Payload_SentAgain_AddsNothing(string source)
    {
        byte[] body = Senders.Bytes(Senders.Payload(source));
        await _api.SendAsync(Senders.Plain("/v1/ingest/" + source, body));
        HistorySummary before = await _store.SummarizeAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));

        (_, JsonElement answer) = await _api.SendAsync(Senders.Plain("/v1/ingest/" + source, body));

        answer.GetProperty("added").GetInt32().ShouldBe(0, answer.ToString());
        (await _store.SummarizeAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task HubSpot_Webhook_BecomesHistoryWithBothClocks()
    {
        LeadHistory lead = await TakenAsync("hubspot", "901");

        lead.Lead.CreatedAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1740823200000));
        lead.Transitions.Select(row => row.To).ShouldBe([Stage.MarketingQualified, Stage.SalesQualified]);
        lead.Transitions[0].OccurredAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1741000000000));
        lead.Transitions[0].RecordedAt.ShouldBe(_clock.GetUtcNow());
        lead.Transitions[0].Actor.ShouldBe("CRM_UI");
        Value(lead, "employees").ShouldBe(AttributeValue.Of(250));
    }

    [Fact]
    public async Task HubSpotHistory_PresentValues_AreNotRead()
    {
        LeadHistory lead = await TakenAsync("hubspot-history", "512");

        lead.Transitions.Select(row => row.To).ShouldBe([Stage.Lead, Stage.MarketingQualified, Stage.SalesQualified, Stage.Won]);
        lead.Transitions.ShouldAllBe(row => row.RecordedAt == row.OccurredAt);
        lead.Attributes.Select(row => row.Name).Distinct().Order().ShouldBe(["favourite_colour", "jobTitle", "pageViews"]);
    }

    [Fact]
    public async Task Salesforce_PresentStateOfALead_IsNoFeature()
    {
        LeadHistory lead = await TakenAsync("salesforce", "00QA");

        lead.Lead.AccountId.ShouldBe("Acme GmbH");
        lead.Transitions.Select(row => row.To).ShouldBe([Stage.SalesAccepted, Stage.SalesQualified, Stage.Opportunity, Stage.Won]);
        lead.Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(11500.25m);
        lead.Attributes.Select(row => row.Name).ShouldNotContain(name => name.StartsWith("Converted") || name == "IsConverted" || name == "Status");
        lead.Attributes.Single(row => row.Name == "jobTitle").OccurredAt.ShouldBe(lead.Lead.CreatedAt);
        lead.Attributes.Single(row => row.Name == "Custom_Budget__c").OccurredAt.ShouldBe(new(2025, 3, 12, 9, 14, 0, TimeSpan.Zero));
        lead.Attributes.Select(row => row.Name).ShouldContain("NextStep");
    }

    [Fact]
    public async Task Salesforce_DealLostReopenedAndWon_HasBothEnds()
    {
        await TakenAsync("salesforce", "00QA");
        foreach ((string stage, string day) in new[] { ("Closed Lost", "2025-06-01"), ("Closed Won", "2025-06-20") })
        {
            string deal = $$"""{ "attributes": { "type": "Opportunity" }, "Id": "006A", "StageName": "{{stage}}", "IsClosed": true, "Amount": 7, "CloseDate": "{{day}}", "CreatedDate": "2025-03-12T09:14:00Z" }""";
            (int status, JsonElement answer) = await _api.SendAsync(Senders.Plain("/v1/ingest/salesforce", Senders.Bytes(deal)));
            status.ShouldBe(200, answer.ToString());
        }

        LeadHistory lead = (await _store.FindAccountOfLeadAsync("00QA"))!.Leads[0];
        lead.Transitions.TakeLast(2).Select(row => row.To).ShouldBe([Stage.Lost, Stage.Won]);
        lead.Outcomes.Select(row => row.Won).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Segment_VisitorBeforeIdentifying_IsTheUser()
    {
        LeadHistory lead = await TakenAsync("segment", "u-1");

        lead.Touches.Select(row => row.Type).ShouldBe(["webinar_attended", "page_view", "demo_request", "calculator_used"]);
        lead.Lead.AccountId.ShouldBe("acme");
        lead.Touches[3].RecordedAt.ShouldBe(lead.Touches[3].OccurredAt.AddDays(2));
        lead.Touches[2].Properties["context.campaign.source"].Text.ShouldBe("newsletter");
        lead.Touches[2].Properties.Keys.ShouldNotContain("context.ip");
        Value(lead, "employees").ShouldBe(AttributeValue.Of(250));
        Value(lead, "country").Text.ShouldBe("DE");
        Value(lead, "tags").Text.ShouldBe("a;b");
    }

    [Fact]
    public async Task Mautic_NewestFirstAndEmptyFields_AreInOrder()
    {
        LeadHistory lead = await TakenAsync("mautic", "47");

        lead.Touches.Select(row => row.Type).ShouldBe(["email_open", "page_view", "page_view", "form_submit"]);
        lead.Touches[3].Properties["results.message"].Text.ShouldBe("O'Reilly; DROP TABLE leads");
        Value(lead, "jobTitle").Text.ShouldBe("CTO");
        Value(lead, "mauticPoints").Number.ShouldBe(10);
        lead.Touches.SelectMany(row => row.Properties.Values).ShouldNotContain(value => value.Text == "203.0.113.9");
    }

    [Fact]
    public async Task Marketo_TypesByName_AreMapped()
    {
        LeadHistory lead = await TakenAsync("marketo", "6");

        lead.Lead.Source.ShouldBe("Trade Show");
        lead.Touches.Select(row => row.Type).ShouldBe(["page_view", "attend_webinar"]);
        lead.Transitions.ShouldHaveSingleItem().To.ShouldBe(Stage.MarketingQualified);
        Value(lead, "jobTitle").Text.ShouldBe("Director");
    }

    [Fact]
    public async Task CloudEvents_EventBeforeItsLead_WaitsAndJoins()
    {
        LeadHistory lead = await TakenAsync("cloudevents", "c-1");

        lead.Touches.ShouldHaveSingleItem().Type.ShouldBe("com_acme_trial_started");
        lead.Touches[0].Properties["utm.source"].Text.ShouldBe("ads");
        lead.Transitions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task CloudEvent_InHeaders_IsReadLikeTheStructuredOne()
    {
        HttpRequestMessage request = Senders.Plain("/v1/ingest/cloudevents", Senders.Bytes("""{ "plan": "team" }"""));
        foreach ((string name, string value) in new[] { ("specversion", "1.0"), ("id", "h1"), ("source", "/shop"), ("type", "trial.started"), ("subject", "c-9"), ("time", "2025-04-05T17:31:00Z") })
        {
            request.Headers.Add("ce-" + name, value);
        }

        (int status, JsonElement answer) = await _api.SendAsync(request);

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("waiting").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Stage_ThatTheMappingDoesNotKnow_IsRefusedByItsPlace()
    {
        string body = Senders.Payload("hubspot").Replace("marketingqualifiedlead", "delighted");

        (int status, JsonElement answer) = await _api.SendAsync(Senders.Plain("/v1/ingest/hubspot", Senders.Bytes(body)));

        status.ShouldBe(207);
        JsonElement fault = answer.GetProperty("items")[3].GetProperty("errors")[0];
        fault.GetProperty("pointer").GetString().ShouldBe("/3");
        fault.GetProperty("expected").GetString()!.ShouldContain("ingest mapping");
    }

    [Fact]
    public async Task Mapping_OfTheCompany_ComesBeforeTheShippedOne()
    {
        const string own = "segment:\n  leadIdPrefix: seg-\n  touches: { Calculator Used: pricing_request, page: ~ }\n  otherTouches: leaveOut\n";
        await using ApiHost api = await ApiHost.StartAsync(_store, model: false, change: options => options with { Ingest = new() { Mapping = own } });

        await api.SendAsync(Senders.Plain("/v1/ingest/segment", Senders.Bytes(Senders.Payload("segment"))));

        LeadHistory lead = (await _store.FindAccountOfLeadAsync("seg-u-1"))!.Leads[0];
        lead.Touches.Select(row => row.Type).ShouldBe(["webinar_attended", "demo_request", "pricing_request"]);
    }

    [Fact]
    public void Mapping_OfHubSpot_HoldsForItsHistoryToo()
    {
        var both = LeadPredict.Api.Ingest.Mapping.IngestMapping.Read("hubspot: { leadIdPrefix: hs-, stages: { lifecyclestage: { evangelist: Won } } }");
        var own = LeadPredict.Api.Ingest.Mapping.IngestMapping.Read("hubspot-history: { leadIdPrefix: old- }\nhubspot: { leadIdPrefix: hs-, attributes: { budget: ~ } }");

        both.Of("hubspot-history").LeadIdPrefix.ShouldBe("hs-");
        both.Of("hubspot-history").Stages["lifecyclestage"]["evangelist"].ShouldBe(Stage.Won);
        (own.Of("hubspot-history").LeadIdPrefix, own.Of("hubspot").LeadIdPrefix).ShouldBe(("old-", "hs-"));
        own.Of("hubspot-history").Attribute("budget").ShouldBeNull();
    }

    [Fact]
    public void Mapping_ThatIsWrong_TellsAllFaultsByPlace()
    {
        var fault = Should.Throw<LeadPredict.Api.Ingest.Mapping.IngestMappingException>(() => LeadPredict.Api.Ingest.Mapping.IngestMapping.Read(
            "segmnt: {}\nhubspot:\n  stages: { lifecyclestage: { lead: Sql } }\n  touches: { a: Not A Type }\n  attributes: { b: { type: date } }\n"));

        fault.Message.ShouldContain("line 1, column 1: the mapping has no key 'segmnt'");
        fault.Message.ShouldContain("'Sql' is no stage");
        fault.Message.ShouldContain("'Not A Type' is no touch type");
        fault.Message.Split('\n').Length.ShouldBe(4);
        Should.Throw<LeadPredict.Api.Ingest.Mapping.IngestMappingException>(() => LeadPredict.Api.Ingest.Mapping.IngestMapping.Read("hubspot: " + new string('[', 30_000)))
            .Message.ShouldContain("column 109: cannot be read as YAML: more than 100 levels");
    }

    private static AttributeValue Value(LeadHistory lead, string name) => lead.Attributes.Last(row => row.Name == name).Value;

    private static (int, int, int, int, int, int) Counts(JsonElement answer)
    {
        int Count(string name) => answer.GetProperty(name).GetInt32();
        return (Count("received"), Count("added"), Count("known"), Count("waiting"), Count("ignored"), Count("refused"));
    }

    private async Task<LeadHistory> TakenAsync(string source, string leadId)
    {
        (int status, JsonElement answer) = await _api.SendAsync(Senders.Plain("/v1/ingest/" + source, Senders.Bytes(Senders.Payload(source))));
        status.ShouldBe(200, answer.ToString());
        return (await _store.FindAccountOfLeadAsync(leadId))!.Leads.Single(lead => lead.Lead.Id == leadId);
    }
}
