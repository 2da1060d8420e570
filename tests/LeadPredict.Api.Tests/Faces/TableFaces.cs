using System.Text.Json;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Tests.Faces;

/// <summary>Rows of the table that a model learnt from, in the protocols that clients of other servers speak.</summary>
public sealed class TableFaces : IAsyncLifetime
{
    private const string Infer = "/v2/models/flat/infer";
    private ApiHost _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiHost.StartAsync(model: false);
        await _api.Repository.PublishAsync(SmallTable.Draft());
        await _api.Repository.PromoteAsync("flat", 1);
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("""{"dataframe_records":[{"plan":"team","seats":250,"since":"2024-01-05","extra":[1]},{"since":null,"PLAN":12,"seats":"7"}]}""")]
    [InlineData("""{"instances":[{"plan":"team","seats":2.5e2,"since":"2024-01-05"},{"plan":"12","seats":7.0,"since":""}]}""")]
    [InlineData("""{"inputs":[{"plan":"team","seats":250,"since":"2024-01-05"},{"plan":12.0,"seats":7,"since":" "}],"params":{}}""")]
    [InlineData("""{"dataframe_split":{"columns":[" since","Seats ","plan"],"data":[["2024-01-05",250,"team"],[null,7,12]]}}""")]
    [InlineData("""{"instances":[{" plan":"team","seats ":250,"since":"2024-01-05"},{" plan":12.0,"seats ":7,"since":"?"}]}""")]
    [InlineData("""{"inputs":{"plan":["team",12],"Seats":[250,7],"since":["2024-01-05",null],"x":[1,2]}}""")]
    [InlineData("""{"instances":[{"":1,"":2,"plan":" team ","seats":250,"since":"2024-01-05"},{"plan":12.0,"seats":7,"since":"?"}]}""")]
    [InlineData("""{"dataframe_split":{"columns":["since","id","Seats","plan"],"index":[0,1],"data":[["2024-01-05",1,250,"team"],[null,{},7,12]]}}""")]
    public async Task Invocations_OfRows_AreWhatTheEngineSaysOfTheirCells(string body)
    {
        (int status, JsonElement answer, _) = await _api.PostAsync("/invocations", body);

        status.ShouldBe(200, answer.GetRawText());
        ProbabilityEstimate[] expected = Expected(["team", "250", "2024-01-05"], ["12", "7", ""]);
        answer.GetProperty("predictions").EnumerateArray().Select(one => new ProbabilityEstimate(
            one.GetProperty("probability").GetDouble(), one.GetProperty("low").GetDouble(), one.GetProperty("high").GetDouble())).ShouldBe(expected);
    }

    [Fact]
    public async Task Inference_OfAnInputAColumn_IsWhatTheEngineSaysOfTheirCells()
    {
        (int status, JsonElement answer, _) = await _api.PostAsync(Infer, """
            {"id":"9","inputs":[
              {"name":"seats","shape":[2,1],"datatype":"INT64","data":[[250],[7]]},
              {"name":"since","shape":[2],"datatype":"BYTES","data":["2024-01-05",null]},
              {"name":"customer","shape":[1],"datatype":"BYTES","data":["any"]},
              {"name":"PLAN","shape":[2],"datatype":"BYTES","data":["team","12"]}]}
            """);

        status.ShouldBe(200, answer.GetRawText());
        (answer.GetProperty("model_name").GetString(), answer.GetProperty("model_version").GetString(), answer.GetProperty("id").GetString()).ShouldBe(("flat", "1", "9"));
        ProbabilityEstimate[] expected = Expected(["team", "250", "2024-01-05"], ["12", "7", ""]);
        answer.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()).ShouldBe(["probability", "low", "high"]);
        Numbers(answer, 0).ShouldBe(expected.Select(one => one.Value));
        Numbers(answer, 1).ShouldBe(expected.Select(one => one.Low));
        Numbers(answer, 2).ShouldBe(expected.Select(one => one.High));
    }

    /// <summary>Identifiers of many digits are text however they are sent.</summary>
    [Fact]
    public async Task Number_OfATextColumn_IsReadAsItIsWritten()
    {
        FeatureSchema schema = new(SchemaMode.Table,
        [
            new() { Name = "campaign", Kind = FeatureKind.Categorical, Group = "campaign", Categories = ["other", "120330000123479757", "12.0"], Source = new AttributeCategory("campaign") },
            .. SmallTable.Schema.Features.Skip(1),
        ]);
        await _api.Repository.PublishAsync(SmallTable.Draft() with { Schema = schema, Close = SmallModels.Score(schema: schema) });
        await _api.Repository.PromoteAsync("flat", 2);
        _api.Refresh();
        async Task<string> AskAsync(string campaign) =>
            (await _api.PostAsync("/invocations", $$"""{"instances":[{"campaign":{{campaign}},"seats":7,"since":null}]}""")).Body.GetProperty("predictions").GetRawText();

        string[] same = [await AskAsync("120330000123479757"), await AskAsync("\"120330000123479757\""), await AskAsync("\"120330000123479757.0\"")];
        same.Distinct().ShouldHaveSingleItem();
        string other = await AskAsync("120330000123479758");
        other.ShouldNotBe(same[0]);
        string[] twelve = [await AskAsync("12"), await AskAsync("12.0"), await AskAsync("\"12\"")];
        twelve.Distinct().ShouldHaveSingleItem().ShouldNotBe(other);
    }

    [Fact]
    public async Task Model_OfATable_TellsItsColumnsAndServesAlone()
    {
        (_, JsonElement model) = await _api.GetAsync("/v2/models/flat");
        model.GetProperty("inputs").EnumerateArray().Select(input => $"{input.GetProperty("name").GetString()} {input.GetProperty("datatype").GetString()}")
            .ShouldBe(["plan BYTES", "seats FP64", "since BYTES"]);
        (_, JsonElement health) = await _api.GetAsync("/health/ready");
        health.GetProperty("model").GetString().ShouldBe("flat@1");
        (await _api.GetAsync("/v1/models")).Body.GetProperty("default").GetString().ShouldBe("flat");

        (int status, JsonElement refused, _) = await _api.PostAsync("/v1/score", ScoreRequests.Example);
        status.ShouldBe(404);
        refused.GetProperty("detail").GetString()!.ShouldContain("/v2/models/flat/infer");
    }

    [Fact]
    public async Task Invocations_WhereAModelOfLeadsServesToo_AreOfLeads()
    {
        (await _api.PostAsync("/invocations", """{"instances":[{"plan":"team","seats":250,"since":null}]}""")).Status.ShouldBe(200);
        await _api.Repository.PublishAsync(SmallModels.Draft());
        await _api.Repository.PromoteAsync("small", 1);

        (await _api.PostAsync("/invocations", $$"""{"instances":[{{ScoreRequests.Example}}]}""")).Status.ShouldBe(200);
        (await _api.GetAsync("/health/ready")).Body.GetProperty("model").GetString().ShouldBe("small@1");
        (await _api.GetAsync("/v1/models")).Body.GetProperty("default").GetString().ShouldBe("small");
        (await _api.PostAsync(Infer, """{"inputs":[]}""")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("""{"instances":[{"plan":"team","seats":1,"since":null},{"plan":"team"}]}""", "/instances/1", "no column 'seats', 'since'")]
    [InlineData("""{"instances":[{"plan":"team","seats":"many","since":null}]}""", "/instances/0/seats", "'many'")]
    [InlineData("""{"instances":[{"plan":"team","seats":1,"since":20240105}]}""", "/instances/0/since", "20240105")]
    [InlineData("""{"instances":[{"plan":["team"],"seats":1,"since":null}]}""", "/instances/0/plan", "an array")]
    [InlineData("""{"instances":[{"plan":"a","PLAN":"b","seats":1,"since":null}]}""", "/instances/0", "'PLAN' twice")]
    [InlineData("""{"instances":[{"plan":"a\u0000","seats":1,"since":null}]}""", "/instances/0/plan", "text with a NUL character")]
    [InlineData("""{"instances":[[1,2,3]]}""", "/instances/0", "an array")]
    [InlineData("""{"instances":[]}""", "/instances", "no record")]
    [InlineData("""{"dataframe_split":{"columns":["plan",7,"seats"],"data":[["a",1,1]]}}""", "/dataframe_split/columns", "no column 'since'")]
    [InlineData("""{"inputs":{"plan":["team",12],"seats":[250],"since":[null,null]}}""", "/inputs/seats", "1 elements")]
    [InlineData("""{"inputs":{"plan":"team","seats":[250],"since":[null]}}""", "/inputs/plan", "'team'")]
    [InlineData("""{"inputs":{"plan":[],"seats":[],"since":[]}}""", "/inputs", "no record")]
    [InlineData("""{"dataframe_split":{"columns":["plan","seats","since","Plan"],"data":[["a",1,null,"b"]]}}""", "/dataframe_split/columns", "'Plan' twice")]
    [InlineData("""{"dataframe_split":{"columns":["plan","seats","since"],"data":[["a",1]]}}""", "/dataframe_split/data/0", "2 cells")]
    [InlineData("""{"dataframe_split":{"columns":["plan","seats","since"],"data":[["a",1,null,2]]}}""", "/dataframe_split/data/0", "4 cells")]
    [InlineData("""{"dataframe_split":{"columns":["plan","seats","since"],"data":["a"]}}""", "/dataframe_split/data/0", "'a'")]
    [InlineData("""{"dataframe_split":{"columns":["plan","seats","since"],"data":[["a",true,"soon"]]}}""", "/dataframe_split/data/0/2", "'soon'")]
    [InlineData("""{"dataframe_split":{"columns":["plan","seats","since"],"data":[]}}""", "/dataframe_split", "no record")]
    public async Task Invocation_WithSomethingWrong_IsToldWhere(string body, string pointer, string found) => await ShouldBeToldAsync("/invocations", body, pointer, found);

    [Theory]
    [InlineData("UINT8", "-300", "a whole number from 0 to 255")]
    [InlineData("UINT8", "256", "a whole number from 0 to 255")]
    [InlineData("BOOL", "7.5", "a whole number from 0 to 1")]
    [InlineData("INT8", "7.5", "a whole number from -128 to 127")]
    [InlineData("INT16", "40000", "a whole number from -32768 to 32767")]
    [InlineData("INT64", "9223372036854775808", "a whole number from -9223372036854775808 to 9223372036854775807")]
    [InlineData("UINT64", "1e300", "a whole number from 0 to 18446744073709551615")]
    [InlineData("FP16", "70000", "a number from -65504 to 65504")]
    [InlineData("FP32", "1e39", "a number from -3.4028235E+38 to 3.4028235E+38")]
    public async Task Inference_OfANumberOutOfItsDatatype_IsRefusedWithTheRange(string datatype, string number, string range)
    {
        (int status, JsonElement answer, _) = await _api.PostAsync(Infer, Seats(datatype, number));

        status.ShouldBe(400, answer.GetRawText());
        JsonElement error = answer.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("pointer").GetString().ShouldBe("/inputs/1/data/1");
        error.GetProperty("found").GetString().ShouldBe($"{number} in 'seats' of datatype {datatype}");
        error.GetProperty("expected").GetString().ShouldBe(range);
    }

    [Theory]
    [InlineData("UINT8", "255")]
    [InlineData("BOOL", "0")]
    [InlineData("INT8", "-128.0")]
    [InlineData("INT64", "-9223372036854775808")]
    [InlineData("UINT64", "18446744073709551615")]
    [InlineData("FP16", "65504")]
    [InlineData("FP32", "0.1")]
    [InlineData("FP64", "1e300")]
    [InlineData("UINT8", "null")]
    public async Task Inference_OfANumberWithinItsDatatype_IsScored(string datatype, string number) =>
        (await _api.PostAsync(Infer, Seats(datatype, number))).Status.ShouldBe(200);

    [Theory]
    [InlineData("""{"inputs":[]}""", "/inputs", "no column 'plan', 'seats', 'since'")]
    [InlineData("""{"inputs":[{"name":"plna","shape":[1],"datatype":"BYTES","data":["team"]}]}""", "/inputs", "no column 'plan', 'seats', 'since'")]
    [InlineData("""{"inputs":[{"name":7,"shape":[1],"datatype":"BYTES","data":["team"]}]}""", "/inputs/0/name", "7")]
    [InlineData("""{"inputs":[{"name":"plan","shape":[1],"datatype":"TEXT","data":["team"]}]}""", "/inputs/0/datatype", "'TEXT'")]
    [InlineData("""{"inputs":[{"name":"plan","shape":[2],"datatype":"BYTES","data":["team"]}]}""", "/inputs/0/shape", "a shape of 2 elements")]
    [InlineData("""{"inputs":[{"name":"plan","shape":[0],"datatype":"BYTES","data":[]}]}""", "/inputs/0/data", "0 elements")]
    [InlineData("""{"inputs":[{"name":"plan","shape":[1],"datatype":"BYTES","data":["a"]},{"name":"plan","shape":[1],"datatype":"BYTES","data":["a"]}]}""", "/inputs", "'plan' twice")]
    [InlineData("""{"inputs":[{"name":"plan","shape":[1],"datatype":"BYTES","data":["a"]},{"name":"since","shape":[1],"datatype":"BYTES","data":[""]},{"name":"seats","shape":[2],"datatype":"FP64","data":[1,2]}]}""", "/inputs/2", "2 elements")]
    [InlineData("""{"inputs":[{"name":"plan","shape":[1],"datatype":"BYTES","data":["a"]},{"name":"seats","shape":[1],"datatype":"FP64","data":["a"]},{"name":"since","shape":[1],"datatype":"BYTES","data":[null]}]}""", "/inputs/1/data/0", "'a'")]
    public async Task Inference_WithSomethingWrong_IsToldWhere(string body, string pointer, string found) => await ShouldBeToldAsync(Infer, body, pointer, found);

    private static string Seats(string datatype, string number) => $$"""
        {"inputs":[{"name":"plan","shape":[2],"datatype":"BYTES","data":["a","b"]},{"name":"seats","shape":[2],"datatype":"{{datatype}}","data":[1,{{number}}]},{"name":"since","shape":[2],"datatype":"BYTES","data":[null,null]}]}
        """;

    private static IEnumerable<double> Numbers(JsonElement answer, int output) => answer.GetProperty("outputs")[output].GetProperty("data").EnumerateArray().Select(one => one.GetDouble());

    private async Task ShouldBeToldAsync(string path, string body, string pointer, string found)
    {
        (int status, JsonElement answer, _) = await _api.PostAsync(path, body);
        status.ShouldBe(400, answer.GetRawText());
        JsonElement fault = answer.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (fault.GetProperty("pointer").GetString(), fault.GetProperty("found").GetString()).ShouldBe((pointer, found));
    }

    /// <summary>As a file's rows, whose columns are plan, seats and since, are scored.</summary>
    private ProbabilityEstimate[] Expected(params string[][] rows)
    {
        using var engine = new PredictionEngine(_api.Repository.Load("flat", 1));
        TableBinding binding = engine.Compiled.Extractor.Bind(["plan", "seats", "since"]);
        return [.. rows.Select(row => engine.PredictRow(row, binding).Final)];
    }
}
