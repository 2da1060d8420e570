using System.Text.Json;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Answers of Marketo that hold no activities.</summary>
public sealed class MarketoPages : IngestTests
{
    [Theory]
    [InlineData("""{"requestId":"1","success":true,"nextPageToken":"x","moreResult":false}""")]
    [InlineData("""{"requestId":"1","success":true,"result":null}""")]
    [InlineData("""{"requestId":"1","success":true,"result":[]}""")]
    [InlineData("""{"success":true}""")]
    [InlineData("""{"requestId":"1","nextPageToken":"x"}""")]
    public async Task Page_WithoutActivities_IsNoItems(string body)
    {
        (int status, JsonElement answer) = await SentAsync(body);

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("received").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"requestId":"1","success":false,"errors":[{"code":"602","message":"Access token expired"}]}""", "/errors/0", "Marketo's 602 'Access token expired'")]
    [InlineData("""{"requestId":"1","success":false,"result":[],"errors":[{"code":606,"message":"Max rate limit exceeded"}]}""", "/errors/0", "Marketo's 606 'Max rate limit exceeded'")]
    [InlineData("""{"success":false,"errors":[{"code":"1003"}]}""", "/errors/0", "Marketo's 1003")]
    [InlineData("""{"success":false,"errors":[]}""", "/success", "false")]
    [InlineData("""{"requestId":"1","success":false}""", "/success", "false")]
    public async Task Page_ThatTellsOfAFailure_IsRefusedWithWhatMarketoSaid(string body, string pointer, string found)
    {
        (int status, JsonElement answer) = await SentAsync(body);

        status.ShouldBe(400, answer.ToString());
        JsonElement fault = answer.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        fault.GetProperty("pointer").GetString().ShouldBe(pointer);
        fault.GetProperty("found").GetString().ShouldBe(found);
        fault.GetProperty("expected").GetString().ShouldBe("a page with success true: ask Marketo again, and send what it answers then");
    }

    [Fact]
    public async Task Page_WithALongMessage_ShowsItsBeginning()
    {
        (_, JsonElement answer) = await SentAsync($$"""{"success":false,"errors":[{"code":"610","message":"{{new string('m', 500)}}"}]}""");

        answer.GetProperty("errors")[0].GetProperty("found").GetString().ShouldBe($"Marketo's 610 '{new string('m', 60)}...'");
    }

    [Fact]
    public async Task Activity_WithARequestOfItsOwn_IsAnItem()
    {
        (int status, JsonElement answer) = await SentAsync("""{"requestId":"1","id":7,"leadId":5,"activityDate":"2025-03-01T00:00:00Z","activityTypeId":12,"attributes":[]}""");

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("received").GetInt32().ShouldBe(1);
    }

    private Task<(int Status, JsonElement Body)> SentAsync(string body) => Api.SendAsync(Senders.Plain("/v1/ingest/marketo", Senders.Bytes(body)));
}
