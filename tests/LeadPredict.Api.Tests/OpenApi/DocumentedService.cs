using System.Text;
using System.Text.Json;

namespace LeadPredict.Api.Tests.OpenApi;

/// <summary>Asks a service and holds each request that was taken as it is, and each answer, against the service's own document.</summary>
internal sealed class DocumentedService(HttpClient client, JsonElement document)
{
    private readonly SchemaCheck _check = new(document);

    /// <summary>Asks once.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path with its query.</param>
    /// <param name="expected">The status that should be answered.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="key">The key, or null.</param>
    /// <param name="type">The body's type.</param>
    public async Task AskAsync(string method, string path, int expected, string? body = null, string? key = ApiHost.AdminKey, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        using HttpResponseMessage answer = await client.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        string asked = $"{method} {path}";
        ((int)answer.StatusCode).ShouldBe(expected, $"{asked}: {text}");
        JsonElement operation = Operation(method, path.Split('?')[0]);
        if (body is not null && expected == 200)
        {
            operation.TryGetProperty("requestBody", out JsonElement documented).ShouldBeTrue($"{asked} has no body in the document");
            Hold(documented, type, body, asked + " asked");
        }

        JsonElement responses = operation.GetProperty("responses");
        bool special = responses.TryGetProperty($"{expected}", out JsonElement response);
        (special || (expected >= 400 && responses.TryGetProperty("default", out response))).ShouldBeTrue($"{asked} is not answered {expected} in the document");
        if (text.Length > 0)
        {
            Hold(response, answer.Content.Headers.ContentType!.MediaType!, text, asked + " answered");
        }
    }

    private void Hold(JsonElement documented, string type, string text, string what)
    {
        JsonElement content = default;
        (documented.TryGetProperty("content", out JsonElement types) && types.TryGetProperty(type, out content)).ShouldBeTrue($"{what} no {type} in the document");
        JsonElement value = type.EndsWith("json", StringComparison.Ordinal) ? JsonElement.Parse(text) : JsonElement.Parse(JsonSerializer.Serialize(text));
        _check.Faults(content.GetProperty("schema"), value).ShouldBeEmpty($"{what} {text}");
    }

    /// <summary>The operation that the router would take: the one with the fewest names left open.</summary>
    private JsonElement Operation(string method, string path)
    {
        string[] parts = path.Split('/');
        return document.GetProperty("paths").EnumerateObject()
            .Where(one => one.Value.TryGetProperty(method.ToLowerInvariant(), out _))
            .Where(one => one.Name.Split('/') is var names && names.Length == parts.Length && names.Zip(parts).All(pair => pair.First == pair.Second || pair.First.StartsWith('{')))
            .OrderBy(one => one.Name.Count(letter => letter == '{'))
            .First().Value.GetProperty(method.ToLowerInvariant());
    }
}
