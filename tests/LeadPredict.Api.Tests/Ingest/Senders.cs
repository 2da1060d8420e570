using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Deliveries as their senders make them.</summary>
internal static class Senders
{
    public const string Secret = "a-secret-of-the-sender";

    public static readonly string[] Names = ["hubspot", "hubspot-history", "salesforce", "segment", "mautic", "marketo", "cloudevents"];

    public static string Payload(string source) =>
        File.ReadAllText(SharedFiles.Repository("tests", "LeadPredict.Api.Tests", "Ingest", "Payloads", source + ".json"));

    public static HttpRequestMessage Plain(string path, byte[] body, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return request;
    }

    /// <summary>Signed as the source signs, over <paramref name="signed"/> where that is not the body.</summary>
    public static HttpRequestMessage Signed(string source, byte[] body, DateTimeOffset at, byte[]? signed = null, string secret = Secret)
    {
        HttpRequestMessage request = Plain("/v1/ingest/" + source, body);
        byte[] over = signed ?? body;
        string milliseconds = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        string seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        switch (source)
        {
            case "hubspot":
                request.Headers.Add("X-HubSpot-Request-Timestamp", milliseconds);
                request.Headers.Add("X-HubSpot-Signature-v3", Hash(secret, Bytes("POSThttp://localhost/v1/ingest/hubspot"), over, Bytes(milliseconds)));
                break;
            case "mautic":
                request.Headers.Add("Webhook-Signature", Hash(secret, over));
                break;
            case "segment":
                request.Headers.Authorization = new("Basic", Convert.ToBase64String(Bytes(secret + ":")));
                break;
            default:
                request.Headers.Add("webhook-id", "msg_1");
                request.Headers.Add("webhook-timestamp", seconds);
                request.Headers.Add("webhook-signature", "v1," + Hash(secret, Bytes($"msg_1.{seconds}."), over));
                break;
        }

        return request;
    }

    public static async Task<(int Status, JsonElement Body)> SendAsync(this ApiHost api, HttpRequestMessage request)
    {
        using HttpResponseMessage response = await api.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Hash(string secret, params byte[][] parts) =>
        Convert.ToBase64String(HMACSHA256.HashData(Bytes(secret), parts.SelectMany(part => part).ToArray()));
}
