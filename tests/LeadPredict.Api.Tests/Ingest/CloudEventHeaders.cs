using System.Text.Json;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>CloudEvents whose attributes are headers.</summary>
public sealed class CloudEventHeaders : IngestTests
{
    private static readonly string[] Required = ["ce-specversion 1.0", "ce-id h1", "ce-source /shop", "ce-type trial.started"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_WithoutData_IsTaken(bool typed)
    {
        (int status, JsonElement answer) = await SentAsync(typed ? "" : null, [.. Required, "ce-subject c-9"]);

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("waiting").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("ce-specversion")]
    [InlineData("ce-id")]
    [InlineData("ce-source")]
    [InlineData("ce-type")]
    public async Task Event_ThatLacksAHeader_IsToldWhich(string missing)
    {
        (int status, JsonElement answer) = await SentAsync("""{"plan":"team"}""", [.. Required.Where(header => !header.StartsWith(missing)), "ce-subject c-9"]);

        status.ShouldBe(400, answer.ToString());
        JsonElement fault = answer.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (fault.GetProperty("found").GetString(), fault.GetProperty("expected").GetString()).ShouldBe(($"no {missing}", $"a header {missing}"));
    }

    [Fact]
    public async Task Event_OfAnOwnTypeWithoutData_IsRefusedForThat()
    {
        (int status, JsonElement answer) = await SentAsync("", "ce-specversion 1.0", "ce-id h1", "ce-source /shop", "ce-type leadpredict.touch");

        status.ShouldBe(400, answer.ToString());
        answer.ToString().ShouldContain("no data");
    }

    [Fact]
    public async Task Event_ThatSaysItIsStructured_IsReadSoWhateverItsHeaders()
    {
        const string body = """{"specversion":"1.0","id":"s1","source":"/shop","type":"trial.started","subject":"c-9"}""";
        HttpRequestMessage request = Senders.Plain("/v1/ingest/cloudevents", Senders.Bytes(body), "application/cloudevents+json");
        request.Headers.Add("ce-type", "trial.started");

        (int status, JsonElement answer) = await Api.SendAsync(request);

        status.ShouldBe(200, answer.ToString());
    }

    [Fact]
    public async Task Body_ThatIsEmptyWithoutHeaders_IsRefused()
    {
        (int status, JsonElement answer) = await SentAsync("");

        status.ShouldBe(400, answer.ToString());
        answer.ToString().ShouldContain("an empty body");
    }

    private async Task<(int Status, JsonElement Body)> SentAsync(string? body, params string[] headers)
    {
        HttpRequestMessage request = body is null ? new(HttpMethod.Post, "/v1/ingest/cloudevents") : Senders.Plain("/v1/ingest/cloudevents", Senders.Bytes(body));
        foreach (string[] header in headers.Select(header => header.Split(' ')))
        {
            request.Headers.Add(header[0], header[1]);
        }

        return await Api.SendAsync(request);
    }
}
