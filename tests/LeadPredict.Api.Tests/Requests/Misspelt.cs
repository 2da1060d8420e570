using System.Text.Json;

namespace LeadPredict.Api.Tests.Requests;

public sealed class Misspelt
{
    [Theory]
    [InlineData("/v1/score?reasons=maybe", "/reasons", "'maybe' in the query", "true or false")]
    [InlineData("/v1/score/batch?reasons=1", "/reasons", "'1' in the query", "true or false")]
    [InlineData("/v1/score?mdoel=small", "/mdoel", "an unknown parameter", "one of model, reasons")]
    [InlineData("/v1/score/batch?Reason=true", "/Reason", "an unknown parameter", "one of model, reasons")]
    public async Task Parameter_ThatIsMisspelt_IsRefusedByItsName(string path, string pointer, string found, string expected)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (int status, JsonElement body, _) = await api.PostAsync(path, ScoreRequests.Example);

        status.ShouldBe(400);
        JsonElement fault = body.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        fault.GetProperty("pointer").GetString().ShouldBe(pointer);
        fault.GetProperty("found").GetString().ShouldBe(found);
        fault.GetProperty("expected").GetString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("/v1/score?MODEL=small&reasons=False")]
    [InlineData("/v1/score?model=small&reasons=true")]
    public async Task Parameter_ThatIsKnown_IsTaken(string path)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (await api.PostAsync(path, ScoreRequests.Example)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Body_ThatIsEmpty_IsToldAsSuch()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (await api.PostAsync("/v1/score", "")).Body.GetProperty("errors")[0].GetProperty("found").GetString().ShouldBe("an empty body");
    }

    [Fact]
    public async Task Batch_OfAnotherContentType_IsToldWhereTheTypesStand()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        (int status, JsonElement body, _) = await api.PostAsync("/v1/score/batch", "a,b", "text/csv");

        status.ShouldBe(415);
        body.GetProperty("detail").GetString()!.ShouldContain("/openapi/v1.json tells which");
    }
}
