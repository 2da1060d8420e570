using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Storage.Outbox;

namespace LeadPredict.Api.Events;

/// <summary>An event as a request to its receiver.</summary>
internal static class EventRequest
{
    /// <summary>Makes the request.</summary>
    /// <param name="waiting">The event.</param>
    /// <param name="options">Where it goes and how.</param>
    /// <param name="now">The present, which the signature holds.</param>
    public static HttpRequestMessage Of(WaitingEvent waiting, EventOptions options, DateTimeOffset now)
    {
        ScoreEvent score = JsonSerializer.Deserialize<ScoreEvent>(waiting.Event.Payload, AnswerJson.Options)!;
        HttpRequestMessage request = options.Format switch
        {
            EventFormat.HubSpot => new(HttpMethod.Patch, Under(options.Url, $"crm/v3/objects/contacts/{Uri.EscapeDataString(score.LeadId[options.LeadIdPrefix.Length..])}")) { Content = Json(HubSpot(score)) },
            EventFormat.Dynamics => new(HttpMethod.Post, Under(options.Url, "msdyn_predictivescores")) { Content = Json(Dynamics(score)) },
            _ => new(HttpMethod.Post, options.Url) { Content = Text(waiting.Event.Payload) },
        };

        // Receivers tell repeats by it.
        request.Headers.Add("Idempotency-Key", score.Id);
        if (options.Token is { } token)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (options.Format == EventFormat.LeadPredict)
        {
            Sign(request.Headers, score.Id, waiting.Event.Payload, options.Secrets, now);
        }

        return request;
    }

    /// <summary>As https://www.standardwebhooks.com says: HMAC-SHA256 of identifier, time and body.</summary>
    public static string Signature(IReadOnlyList<byte> secret, string id, string timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret.ToArray(), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));

    /// <summary>A path under a root that may be written with or without a slash at its end.</summary>
    private static Uri Under(Uri root, string path) => new(root.AbsolutePath.EndsWith('/') ? root : new UriBuilder(root) { Path = root.AbsolutePath + "/" }.Uri, path);

    private static void Sign(HttpRequestHeaders headers, string id, string body, IReadOnlyList<IReadOnlyList<byte>> secrets, DateTimeOffset now)
    {
        string timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers.Add("webhook-id", id);
        headers.Add("webhook-timestamp", timestamp);
        if (secrets.Count > 0)
        {
            headers.Add("webhook-signature", string.Join(' ', secrets.Select(secret => Signature(secret, id, timestamp, body))));
        }
    }

    /// <summary>A contact's own properties, which must have been made in HubSpot first; all texts there.</summary>
    private static object HubSpot(ScoreEvent score) => new
    {
        properties = new Dictionary<string, string>
        {
            ["leadpredict_score"] = score.Score.ToString(CultureInfo.InvariantCulture),
            ["leadpredict_grade"] = score.Grade,
            ["leadpredict_next_step"] = score.Next.Action,
            ["leadpredict_probability_sql"] = score.Sql?.ToString("R", CultureInfo.InvariantCulture) ?? "",
            ["leadpredict_probability_close"] = score.Close?.ToString("R", CultureInfo.InvariantCulture) ?? "",
            ["leadpredict_scored_at"] = score.OccurredAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        },
    };

    private static Dictionary<string, object> Dynamics(ScoreEvent score) => new()
    {
        ["msdyn_score"] = score.Score,
        ["msdyn_grade"] = score.Grade,

        // 0 improving, 1 steady, 2 declining, 3 not enough known.
        ["msdyn_scoretrend"] = score.PreviousScore is not { } before ? 3 : score.Score > before ? 0 : score.Score < before ? 2 : 1,
        ["msdyn_entityid"] = score.LeadId,
        ["msdyn_entitytype"] = "lead",
    };

    private static ByteArrayContent Json(object body) => Text(JsonSerializer.Serialize(body));

    private static ByteArrayContent Text(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new("application/json");
        return content;
    }
}
