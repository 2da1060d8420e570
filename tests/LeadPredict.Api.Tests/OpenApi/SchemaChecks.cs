using System.Text.Json;

namespace LeadPredict.Api.Tests.OpenApi;

public sealed class SchemaChecks
{
    [Theory]
    [InlineData("""{"type":["null","string"]}""", "null", true)]
    [InlineData("""{"type":["null","string"]}""", "7", false)]
    [InlineData("""{"type":"integer"}""", "7.5", false)]
    [InlineData("""{"enum":["a","b"]}""", "\"b\"", true)]
    [InlineData("""{"enum":["a","b"]}""", "null", false)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2025-07-01T00:00:00Z\"", true)]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"soon\"", false)]
    [InlineData("""{"required":["a"],"properties":{"a":{"type":"string"}}}""", """{"a":"x"}""", true)]
    [InlineData("""{"required":["a"],"properties":{"a":{"type":"string"}}}""", "{}", false)]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1}""", false)]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"b":"x"}""", false)]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"b":"x"}""", false)]
    [InlineData("""{"items":{"type":"number"}}""", "[1,\"x\"]", false)]
    [InlineData("""{"oneOf":[{"type":"null"},{"$ref":"#/words"}]}""", "\"a\"", true)]
    [InlineData("""{"oneOf":[{"type":"null"},{"$ref":"#/words"}]}""", "null", false)]
    [InlineData("""{"anyOf":[{"type":"null"},{"$ref":"#/words"}]}""", "null", true)]
    [InlineData("""{"anyOf":[{"type":"null"},{"$ref":"#/words"}]}""", "\"c\"", false)]
    [InlineData("""{"maxItems":3}""", "[]", false)]
    public void Value_HeldAgainstASchema_IsValidOrNot(string schema, string value, bool valid)
    {
        JsonElement document = JsonElement.Parse("""{"words":{"enum":["a",null]}}""");
        (new SchemaCheck(document).Faults(JsonElement.Parse(schema), JsonElement.Parse(value)).Count == 0).ShouldBe(valid);
    }
}
