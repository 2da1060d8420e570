using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LeadPredict.Api.Tests.Faces;

/// <summary>What clients of the Open Inference Protocol, such as NVIDIA's and KServe's, send and read.</summary>
public sealed class InferenceClients : IAsyncLifetime
{
    private static readonly string Lead = JsonSerializer.Serialize(ScoreRequests.Example);
    private ApiHost _api = null!;

    public async Task InitializeAsync() => _api = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Inference_WithoutAContentType_IsReadAsJson()
    {
        using HttpResponseMessage answer = await _api.Client.PostAsync("/v2/models/small/infer", new ByteArrayContent(Encoding.UTF8.GetBytes(Request("[1]", $"[{Lead}]"))));
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Inference_WithTensorsAsBytes_IsToldWhatToSend()
    {
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes("{}"), 1, 0, 0, 0, 65]);
        content.Headers.Add("Inference-Header-Content-Length", "2");
        using HttpResponseMessage answer = await _api.Client.PostAsync("/v2/models/small/infer", content);
        ((int)answer.StatusCode).ShouldBe(415);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!.ShouldContain("binary_data=False");
    }

    [Theory]
    [InlineData("[2]", "[{0},{0}]")]
    [InlineData("[2,1]", "[{0},{0}]")]
    [InlineData("[2,1]", "[[{0}],[{0}]]")]
    public async Task Tensor_FlatOrNested_IsReadInOrder(string shape, string data)
    {
        (int status, JsonElement answer, _) = await _api.PostAsync("/v2/models/small/infer", Request(shape, data.Replace("{0}", Lead, StringComparison.Ordinal)));
        status.ShouldBe(200, answer.GetRawText());
        Output(answer, "score").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("[3]", "/inputs/0/shape", "a shape of 3 elements")]
    [InlineData("[0,9]", "/inputs/0/shape", "a shape of 0 elements")]
    [InlineData("[2147483647,2147483647,2147483647]", "/inputs/0/shape", "a shape of 2147483647 elements")]
    [InlineData("2", "/inputs/0/shape", "2")]
    [InlineData("[-2]", "/inputs/0/shape/0", "-2")]
    [InlineData("[\"2\"]", "/inputs/0/shape/0", "'2'")]
    public async Task Shape_ThatIsNotThatOfTheData_IsRefused(string shape, string pointer, string found)
    {
        (int status, JsonElement answer, _) = await _api.PostAsync("/v2/models/small/infer", Request(shape, $"[{Lead},{Lead}]"));
        status.ShouldBe(400, answer.GetRawText());
        JsonElement fault = answer.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (fault.GetProperty("pointer").GetString(), fault.GetProperty("found").GetString()).ShouldBe((pointer, found));
    }

    [Fact]
    public async Task Outputs_ThatAreAskedFor_AreAnsweredAlone()
    {
        (_, JsonElement answer, _) = await _api.PostAsync("/v2/models/small/infer", Request("[1]", $"[{Lead}]", """[{"name":"grade","parameters":{"binary_data":false} },{"name":"close"}]"""));
        answer.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()).ShouldBe(["grade", "close"]);

        (_, answer, _) = await _api.PostAsync("/v2/models/small/infer", Request("[1]", $"[{Lead}]", "[]"));
        answer.GetProperty("outputs").GetArrayLength().ShouldBe(6);
    }

    [Theory]
    [InlineData("""[{"name":"clsoe"}]""", "/outputs/0/name", "'clsoe'")]
    [InlineData("""[{"name":7}]""", "/outputs/0/name", "7")]
    [InlineData("""[{"title":"close"},{"name":"sql"}]""", "/outputs/0/title", "an unknown member")]
    [InlineData("""["close"]""", "/outputs/0", "'close'")]
    [InlineData("5", "/outputs", "5")]
    public async Task Outputs_ThatThereAreNot_AreRefused(string outputs, string pointer, string found)
    {
        (int status, JsonElement answer, _) = await _api.PostAsync("/v2/models/small/infer", Request("[1]", $"[{Lead}]", outputs));
        status.ShouldBe(400, answer.GetRawText());
        JsonElement fault = answer.GetProperty("errors")[0];
        (fault.GetProperty("pointer").GetString(), fault.GetProperty("found").GetString()).ShouldBe((pointer, found));
        answer.GetProperty("error").GetString()!.ShouldContain($"{pointer}: found {found}");
    }

    [Theory]
    [InlineData("/v2/models/none", 404)]
    [InlineData("/v2/models/small/versions/7", 404)]
    [InlineData("/v2/models/small/versions/7/ready", 404)]
    [InlineData("/v2/models/small/versions/01/ready", 404)]
    [InlineData("/v2/repository/index", 404)]
    [InlineData("/v2/models/small/infer", 405)]
    public async Task Error_OfAnyKind_IsOneTextToo(string path, int expected)
    {
        (int status, JsonElement answer) = await _api.GetAsync(path);
        (status, answer.GetProperty("status").GetInt32()).ShouldBe((expected, expected));
        answer.GetProperty("error").GetString()!.ShouldStartWith(answer.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Error_OfOurOwnPaths_IsNotRepeated() =>
        (await _api.GetAsync("/v1/nowhere")).Body.TryGetProperty("error", out _).ShouldBeFalse();

    [Fact]
    public async Task Version_ThatTheModelNames_CanBeAskedFor()
    {
        (_, JsonElement model) = await _api.GetAsync("/v2/models/small");
        string version = model.GetProperty("versions").EnumerateArray().ShouldHaveSingleItem().GetString()!;

        (await _api.GetAsync($"/v2/models/small/versions/{version}")).Body.GetRawText().ShouldBe(model.GetRawText());
        (await _api.GetAsync($"/v2/models/small/versions/{version}/ready")).Body.GetProperty("ready").GetBoolean().ShouldBeTrue();
        (int status, JsonElement answer, _) = await _api.PostAsync($"/v2/models/small/versions/{version}/infer", Request("[1]", $"[{Lead}]"));
        (status, answer.GetProperty("model_version").GetString()).ShouldBe((200, version));
        (await _api.PostAsync("/v2/models/small/versions/7/infer", Request("[1]", $"[{Lead}]"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Health_IsToldInTheBody()
    {
        (await _api.GetAsync("/v2/health/live")).Body.GetProperty("live").GetBoolean().ShouldBeTrue();
        (await _api.GetAsync("/v2/health/ready")).Body.GetProperty("ready").GetBoolean().ShouldBeTrue();
    }

    private static JsonElement Output(JsonElement answer, string name) =>
        answer.GetProperty("outputs").EnumerateArray().Single(output => output.GetProperty("name").GetString() == name).GetProperty("data");

    private static string Request(string shape, string data, string? outputs = null) =>
        $$"""{"inputs":[{"name":"lead","shape":{{shape}},"datatype":"BYTES","data":{{data}}}]{{(outputs is null ? "" : ",\"outputs\":" + outputs)}}}""";
}
