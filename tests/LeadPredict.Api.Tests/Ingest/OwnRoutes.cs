using System.IO.Compression;
using System.Text.Json;
using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary><c>POST /v1/leads</c>, <c>/v1/touches</c>, <c>/v1/transitions</c>, <c>/v1/outcomes</c>.</summary>
public sealed class OwnRoutes : IngestTests
{
    private const string Touch = """{"id":"t1","leadId":"b1","type":"page_view","occurredAt":"2025-05-20T10:00:00Z","recordedAt":"2025-05-21T10:00:00Z"}""";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (await Api.PostAsync("/v1/leads", """{"id":"b1","createdAt":"2025-05-01T08:00:00Z","account":{"id":"acme","name":"Acme"},"attributes":{"employees":250}}""")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Touch_OneArrayLinesOrPacked_IsTheSame()
    {
        Status(await SendAsync("/v1/touches", Touch)).ShouldBe("added");
        Status(await SendAsync("/v1/touches", $"[{Touch}]")).ShouldBe("known");
        Status(await SendAsync("/v1/touches", "\uFEFF" + Touch + "\r\n\n", "application/x-ndjson")).ShouldBe("known");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Senders.Bytes($"[{Touch}]"));
        }

        HttpRequestMessage request = Senders.Plain("/v1/touches", packed.ToArray());
        request.Content!.Headers.ContentEncoding.Add("gzip");
        Status(await Api.SendAsync(request)).ShouldBe("known");
        var touch = (await Store.FindAccountOfLeadAsync("b1"))!.Leads[0].Touches.ShouldHaveSingleItem();
        touch.RecordedAt.ShouldBe(touch.OccurredAt.AddDays(1));
    }

    [Theory]
    [InlineData("prospekt_geöffnet", 200)]
    [InlineData("資料_請求", 200)]
    [InlineData("डेमो", 200)]
    [InlineData("Prospekt_geöffnet", 400)]
    [InlineData("webinar:_attended", 400)]
    public async Task Touch_OfATypeThatNamesBecome_IsTaken(string type, int status) =>
        (await Api.PostAsync("/v1/touches", $$"""{"leadId":"b1","type":"{{type}}","occurredAt":"2025-05-20"}""")).Status.ShouldBe(status);

    [Fact]
    public async Task Rows_OfEachKind_AreKeptOnce()
    {
        for (int time = 0; time < 2; time++)
        {
            await SendAsync("/v1/transitions", """{"leadId":"b1","to":"Won","occurredAt":1748000000000,"actor":"ann"}""");
            await SendAsync("/v1/outcomes", """{"leadId":"b1","won":true,"amount":12.50,"currency":"EUR","occurredAt":"2025-05-23 11:33"}""");
        }

        var lead = (await Store.FindAccountOfLeadAsync("b1"))!.Leads[0];
        lead.Transitions.ShouldHaveSingleItem().Actor.ShouldBe("ann");
        lead.Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(12.50m);
        lead.Attributes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Outcomes_OfOneLeadAndInstant_AreToldApartByAmountAndCurrency()
    {
        string Deal(string amount, string currency) => $$"""{"leadId":"b1","won":true,"amount":{{amount}},"currency":"{{currency}}","occurredAt":"2025-05-23"}""";
        (_, JsonElement answer) = await SendAsync("/v1/outcomes", $"[{Deal("1200.5", "EUR")},{Deal("2400.5", "EUR")},{Deal("1200.50", "eur")},{Deal("1200.5", "USD")}]");

        answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetString()).ShouldBe(["added", "added", "known", "added"]);
    }

    [Fact]
    public async Task Lead_WithAnotherValue_IsCorrectedFromThenOnAndItsRepeatIsKnown()
    {
        string Lead(int employees) => $$"""{"id":"b1","createdAt":"2025-05-01T08:00:00Z","attributes":{"employees":{{employees}} } }""";

        Status(await SendAsync("/v1/leads", Lead(500))).ShouldBe("added");
        Status(await SendAsync("/v1/leads", Lead(500))).ShouldBe("known");
        Status(await SendAsync("/v1/leads", Lead(250))).ShouldBe("known");

        var changes = (await Store.FindAccountOfLeadAsync("b1"))!.Leads[0].Attributes;
        changes.Select(change => change.Value.Number).ShouldBe([250, 500]);
        (changes[1].OccurredAt, changes[1].RecordedAt).ShouldBe((changes[0].OccurredAt, ApiHost.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Lead_WithAnotherValueThanWasRecordedLater_IsCorrected()
    {
        await Store.AppendAsync(HistoryBatch.Of(new LeadBuilder("late", 1).Has("country", "US", 1, recorded: 2).BuildAlone()));

        Status(await SendAsync("/v1/leads", $$"""{"id":"late","createdAt":"{{Day.At(1):O}}","attributes":{"country":"CA"} }""")).ShouldBe("added");
        Status(await SendAsync("/v1/leads", $$"""{"id":"late","createdAt":"{{Day.At(1):O}}","recordedAt":"{{Day.At(1.5):O}}","attributes":{"country":"MX"} }""")).ShouldBe("added");

        (await Store.FindAccountOfLeadAsync("late"))!.Leads[0].Attributes.Select(change => change.Value.Text).ShouldBe(["MX", "US", "CA"]);
    }

    [Fact]
    public async Task Items_RefusedWithoutAnIdentifier_BearNone()
    {
        (_, JsonElement answer) = await SendAsync(
            "/v1/transitions", """[{"leadId":"b1","to":"Hot","occurredAt":"2025-05-23"},{"id":"t7","leadId":"b1","to":"Hot","occurredAt":"2025-05-23"},{"leadId":"b1","to":"Won","occurredAt":"2025-05-23"}]""");

        JsonElement[] items = [.. answer.GetProperty("items").EnumerateArray()];
        items[0].TryGetProperty("id", out _).ShouldBeFalse(answer.ToString());
        items[1].GetProperty("id").GetString().ShouldBe("t7");
        items[2].GetProperty("id").GetString()!.ShouldStartWith("s-");
    }

    [Fact]
    public async Task Items_OfWhichOneIsWrong_AreTakenButForThatOne()
    {
        (int status, JsonElement answer) = await SendAsync("/v1/touches", $$"""[{{Touch}},{"leadId":"b1","type":"page_view","ocurredAt":1},{"leadId":"b1","type":"x","occurredAt":"0001-01-01"},17]""");

        status.ShouldBe(207);
        answer.GetProperty("refused").GetInt32().ShouldBe(3);
        answer.GetProperty("items").EnumerateArray().Select(item => item.TryGetProperty("errors", out JsonElement errors) ? errors[0].GetProperty("pointer").GetString() : null)
            .ShouldBe([null, "/1/ocurredAt", "/2/occurredAt", "/3"]);
    }

    [Fact]
    public async Task Outcome_UnderTheIdOfACorrection_IsRefusedByThatMember()
    {
        (int status, JsonElement answer) = await SendAsync("/v1/outcomes", """[{"id":"d1~corrected","leadId":"b1","won":true,"occurredAt":"2025-05-23"}]""");

        status.ShouldBe(400);
        answer.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/0/id");
    }

    [Fact]
    public async Task OneItem_ThatIsWrong_IsAProblem()
    {
        (int status, JsonElement answer) = await SendAsync("/v1/leads", """{"id":"b2","createdAt":"2025-05-01T08:00:00Z","id":"b3"}""");

        status.ShouldBe(400);
        answer.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/id");
    }

    /// <summary>No feature could be called so: the history of which one lead has it could not be learnt from.</summary>
    [Theory]
    [InlineData(" ", "1")]
    [InlineData("\u00a0\\t", "[{\"value\":1,\"occurredAt\":\"2025-05-02\"}]")]
    public async Task Attribute_WithoutAName_IsRefusedByThatMember(string name, string value)
    {
        string lead = $$"""{"id":"b2","createdAt":"2025-05-01T08:00:00Z","attributes":{"{{name}}":{{value}}} }""";
        foreach ((string path, string body, string pointer) in new[] { ("/v1/leads", lead, "/attributes/"), ("/v1/score", $$"""{"lead":{{lead}} }""", "/lead/attributes/") })
        {
            (int status, JsonElement answer) = await SendAsync(path, body);

            status.ShouldBe(400, answer.ToString());
            JsonElement fault = answer.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
            fault.GetProperty("pointer").GetString().ShouldBe(pointer + name.Replace("\\t", "\t", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Traits_OfWhichOneHasNoName_AreTakenButForThatOne()
    {
        (int status, JsonElement answer) = await SendAsync(
            "/v1/ingest/segment", """{"type":"identify","messageId":"m1","userId":"u1","timestamp":"2025-05-01T08:00:00Z","traits":{" ":"x","industry":"software"}}""");

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("items")[0].GetProperty("leftOut").ToString().ShouldContain("a name of blanks alone");
        (await Store.FindAccountOfLeadAsync("u1"))!.Leads[0].Attributes.ShouldHaveSingleItem().Name.ShouldBe("industry");
    }

    [Theory]
    [InlineData("application/xml", "<a/>", 415)]
    [InlineData("application/json; charset=utf-16", "[]", 415)]
    [InlineData("application/json", "[", 400)]
    [InlineData("application/json", "\"text\"", 400)]
    [InlineData("application/json", "[]", 200)]
    public async Task Body_OfAnotherKind_IsRefused(string type, string body, int expected) => (await SendAsync("/v1/touches", body, type)).Status.ShouldBe(expected);

    [Fact]
    public async Task Body_BeyondALimit_IsRefused()
    {
        (await SendAsync("/v1/touches", "[" + new string(' ', 5 << 20) + "]")).Status.ShouldBe(413);
        (await SendAsync("/v1/touches", "[" + string.Join(',', Enumerable.Repeat("{}", 10_001)) + "]")).Status.ShouldBe(400);
        (await SendAsync("/v1/touches", string.Concat(Enumerable.Repeat("{}\n", 10_001)), "application/x-ndjson")).Status.ShouldBe(400);
        (await SendAsync("/v1/touches", new string('[', 33) + new string(']', 33))).Status.ShouldBe(400);
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[200 << 20]);
        }

        HttpRequestMessage request = Senders.Plain("/v1/touches", bomb.ToArray());
        request.Content!.Headers.ContentEncoding.Add("gzip");
        (await Api.SendAsync(request)).Status.ShouldBe(413);
        request = Senders.Plain("/v1/touches", Senders.Bytes("[]"));
        request.Content!.Headers.ContentEncoding.Add("gzip");
        (await Api.SendAsync(request)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Service_WithoutAStore_SaysSo()
    {
        await using ApiHost api = await ApiHost.StartAsync(model: false);

        (await api.PostAsync("/v1/touches", Touch)).Status.ShouldBe(503);
    }

    private static string? Status((int Status, JsonElement Answer) answered)
    {
        answered.Status.ShouldBe(200, answered.Answer.ToString());
        return answered.Answer.GetProperty("items")[0].GetProperty("status").GetString();
    }

    private Task<(int Status, JsonElement Body)> SendAsync(string path, string body, string type = "application/json") =>
        Api.SendAsync(Senders.Plain(path, Senders.Bytes(body), type));
}
