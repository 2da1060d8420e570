using System.Text.Json;
using LeadPredict.Api.Tests.Ingest;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Tests.Sqlite;

namespace LeadPredict.Api.Tests;

/// <summary>Objections, forgetting and duplicates over HTTP.</summary>
public sealed class PeopleRoutes : IAsyncLifetime, IDisposable
{
    private const string Address = "planted@navy.example";
    private readonly TemporaryFolder _folder = new();
    private IHistoryStore _store = null!;
    private OperationsStore _operations = null!;
    private ApiHost _api = null!;

    public async Task InitializeAsync()
    {
        string connection = "sqlite:" + _folder["history.db"];
        _store = await HistoryStores.OpenAsync(connection, create: true);
        _operations = await OperationsStore.OpenAsync(connection, create: true);
        _api = await ApiHost.StartAsync(_store, adminKey: ApiHost.AdminKey, change: options => options with { Operations = _operations });
        _api.Client.DefaultRequestHeaders.Add("X-Api-Key", ApiHost.AdminKey);
        await _api.PostAsync("/v1/leads", $$"""
            [{"id":"grace","createdAt":"2025-05-01","attributes":{"email":"{{Address}}"} },
             {"id":"grace-2","createdAt":"2025-05-02","attributes":{"email":"{{Address.ToUpperInvariant()}}"} },
             {"id":"bob","createdAt":"2025-05-02"}]
            """);
        await _api.PostAsync("/v1/transitions", """{"leadId":"grace","to":"MarketingQualified","occurredAt":"2025-05-03"}""");
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _operations.DisposeAsync();
        await _store.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Objection_Raised_IsHonouredUntilWithdrawn()
    {
        (await _api.GetAsync("/v1/leads/grace/score?asOf=2025-06-01")).Body.GetProperty("abstained").GetBoolean().ShouldBeFalse();

        (await _api.PostAsync("/v1/leads/grace/objection", "")).Status.ShouldBe(200);

        JsonElement score = (await _api.GetAsync("/v1/leads/grace/score?asOf=2025-06-01")).Body;
        score.GetProperty("abstained").GetBoolean().ShouldBeTrue();
        score.GetProperty("abstainedBecause").GetString().ShouldBe("the person objects to being profiled");
        score.GetProperty("probabilities").GetProperty("close").ValueKind.ShouldBe(JsonValueKind.Null);
        score.GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Null);
        score.GetProperty("grade").ValueKind.ShouldBe(JsonValueKind.Null);
        score.GetProperty("reasons").GetArrayLength().ShouldBe(0);
    }

    /// <summary>As a caller may send it whose clock is ahead.</summary>
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Objection_WhereTheContraryIsToldOfALittleLater_HoldsAsItIsSaidLast(string told)
    {
        (await _api.PostAsync("/v1/leads", $$"""
            [{"id":"grace","createdAt":"2025-05-01","attributes":{"profilingObjection":[{"value":{{told}},"occurredAt":"2025-07-01T00:02:00Z"}]} }]
            """)).Body.GetProperty("added").GetInt32().ShouldBe(1);

        foreach (bool objects in new[] { told == "false", told != "false", told == "false" })
        {
            using var request = new HttpRequestMessage(objects ? HttpMethod.Post : HttpMethod.Delete, "/v1/leads/grace/objection");
            using HttpResponseMessage answer = await _api.Client.SendAsync(request);
            answer.IsSuccessStatusCode.ShouldBeTrue();

            foreach (string at in new[] { "", "?asOf=2025-06-01" })
            {
                (await _api.GetAsync("/v1/leads/grace/score" + at)).Body.GetProperty("abstained").GetBoolean().ShouldBe(objects);
            }
        }
    }

    [Fact]
    public async Task Objection_Raised_TakesTheLeadOffTheCallListAtOnce()
    {
        (await ShownAsync("grace")).ShouldBe([true, true, true, true]);

        await _api.PostAsync("/v1/leads/grace/objection", "");

        (await ShownAsync("grace")).ShouldBe([false, false, false, false]);
    }

    [Fact]
    public async Task Forget_OnTheCallList_IsOffItAtOnce()
    {
        (await ShownAsync("grace")).ShouldContain(true);

        await _api.PostAsync("/v1/forget", """{"leadId":"grace"}""");

        (await ShownAsync("grace")).ShouldBe([false, false, false, false]);
    }

    [Fact]
    public async Task Forget_Person_IsGoneRefusedAndNotLogged()
    {
        (int status, JsonElement answer, _) = await _api.PostAsync("/v1/forget", $$"""{"email":"{{Address}}"}""");

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("leads").GetInt32().ShouldBe(2);
        (await _api.GetAsync("/v1/leads/grace")).Status.ShouldBe(404);
        (int again, JsonElement refused) = await _api.SendAsync(Senders.Plain("/v1/leads", Senders.Bytes($$"""[{"id":"new","createdAt":"2025-05-01","attributes":{"mail":"{{Address}}"} }]""")));
        again.ShouldBe(207);
        refused.GetProperty("items")[0].GetProperty("errors")[0].GetProperty("found").GetString().ShouldBe("a person who asked to be forgotten");
        _api.Log.Lines.ShouldAllBe(line => !line.Contains("planted", StringComparison.OrdinalIgnoreCase));
        (await _operations.Audit.ReadAsync(10)).ShouldContain(entry => entry.Action == "forget" && entry.Subject == "a person");
        (await _api.PostAsync("/v1/forget", "{}")).Status.ShouldBe(400);
        (await _api.PostAsync("/v1/forget", """{"email":" "}""")).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/email");
    }

    [Fact]
    public async Task Forget_FileThatCannotBeWrittenAnew_IsDoneAndWarnedOf()
    {
        (await ShownAsync("grace")).ShouldContain(true);
        await SpoiltPages.AddAsync(_folder["history.db"]);

        (int status, JsonElement answer, _) = await _api.PostAsync("/v1/forget", """{"leadId":"bob"}""");
        (int delivered, JsonElement items, _) = await _api.PostAsync("/v1/ingest/hubspot", """[{"subscriptionType":"contact.privacyDeletion","objectId":"grace","occurredAt":1740823300000}]""");

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("warning").GetString().ShouldNotBeNull().ShouldContain("could not be written anew");
        (await _operations.Audit.ReadAsync(10)).ShouldContain(entry => entry.Action == "forget" && entry.Outcome == "done");
        delivered.ShouldBe(200, items.ToString());
        _api.Log.Lines.ShouldContain(line => line.Contains("could not be written anew", StringComparison.Ordinal));
        (await ShownAsync("grace")).ShouldBe([false, false, false, false]);
    }

    /// <summary>Whether a lead stands on the call list: as data in two orders, on the page, in the page's file.</summary>
    private async Task<bool[]> ShownAsync(string lead)
    {
        List<bool> shown = [];
        foreach (string path in new[] { "/v1/leads?sort=probability", "/v1/leads?sort=due", "/calls", "/calls.csv" })
        {
            using HttpResponseMessage answer = await _api.Client.GetAsync(new Uri(path, UriKind.Relative));
            answer.IsSuccessStatusCode.ShouldBeTrue(path);
            shown.Add((await answer.Content.ReadAsStringAsync()).Contains(lead, StringComparison.Ordinal));
        }

        return [.. shown];
    }

    [Fact]
    public async Task PrivacyDeletion_OfHubSpot_ForgetsTheContact()
    {
        await _api.PostAsync("/v1/ingest/hubspot", """[{"subscriptionType":"contact.creation","objectId":901,"occurredAt":1740823200000}]""");

        await _api.PostAsync("/v1/ingest/hubspot", """[{"subscriptionType":"contact.privacyDeletion","objectId":901,"occurredAt":1740823300000}]""");

        (await _store.FindAccountOfLeadAsync("901")).ShouldBeNull();
        (await _api.PostAsync("/v1/ingest/hubspot", """[{"subscriptionType":"contact.creation","objectId":901,"occurredAt":1740823200000}]""")).Body.GetProperty("refused").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Duplicates_MergedAndUndone_AreTold()
    {
        JsonElement proposal = (await _api.GetAsync("/v1/duplicates")).Body.GetProperty("proposals").EnumerateArray().ShouldHaveSingleItem();
        proposal.GetProperty("because").GetString().ShouldBe("the same e-mail address");

        (int status, JsonElement merge, _) = await _api.PostAsync("/v1/duplicates/merge", """{"keep":"grace","merge":"grace-2","reason":"same"}""");

        status.ShouldBe(200, merge.ToString());
        merge.GetProperty("kind").GetString().ShouldBe("lead");
        (await _api.GetAsync("/v1/leads/grace-2")).Body.GetProperty("lead").GetProperty("id").GetString().ShouldBe("grace");
        (await _api.GetAsync("/v1/duplicates")).Body.GetProperty("found").GetInt32().ShouldBe(0);
        (await _api.PostAsync("/v1/duplicates/merge", """{"keep":"grace","merge":"grace-2"}""")).Status.ShouldBe(409);
        using HttpResponseMessage undone = await _api.Client.PostAsync($"/v1/duplicates/{merge.GetProperty("id").GetInt64()}/undo", null);
        ((int)undone.StatusCode).ShouldBe(204);
        (await _api.GetAsync("/v1/leads/grace-2")).Body.GetProperty("lead").GetProperty("id").GetString().ShouldBe("grace-2");
    }
}
