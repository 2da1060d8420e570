using System.Text.Json;
using LeadPredict.Api.Events;

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
}
