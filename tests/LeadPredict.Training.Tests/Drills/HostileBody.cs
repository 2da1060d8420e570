using System.Text;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>Bodies that somebody who means harm, or a broken sender, would send: seeded, over all routes that take one.</summary>
internal static class HostileBody
{
    private static readonly (string Path, string Type)[] Routes =
    [
        ("/v1/score", "application/json"), ("/v1/score/batch", "application/json"), ("/v1/score/batch", "application/x-ndjson"),
        ("/v1/leads", "application/json"), ("/v1/touches", "application/json"), ("/v1/touches", "application/x-ndjson"), ("/v1/transitions", "application/json"),
        ("/v1/ingest/hubspot", "application/json"), ("/v1/ingest/segment", "application/json"), ("/v1/ingest/cloudevents", "application/cloudevents+json"),
        ("/v1/ingest/marketo", "application/json"), ("/v1/ingest/mautic", "application/json"), ("/v1/ingest/salesforce", "application/json"),
        ("/v2/models/leads/infer", "application/json"), ("/invocations", "application/json"), ("/v1/models/leads/promote", "application/json"), ("/v1/score?model=../x", "application/json"),
    ];

    private static readonly string[] Values =
    [
        "1e400", "-1e400", "\"NaN\"", "NaN", "Infinity", "\"Infinity\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "null", "true", "[]", "{}", "-5", "1717171717000", "9e99",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"2024-03-12 09:14\"", "\"2024-03-12T09:14:00+0000\"", "\"2025-02-30\"", "\"'; DROP TABLE leads; --\"", "\"<script>alert(1)</script>\"",
        "\"=cmd|' /C calc'!A0\"", "\"../../etc/passwd\"", "\"${jndi:ldap://x}\"", "{\"id\":1,\"id\":2}", "[[[[[[[[]]]]]]]]", "\"Sql\"", "\"marketingqualified\"", "18446744073709551616", "0.1e-999", "\"\"",
    ];

    private static readonly string[] Names = ["lead", "leadId", "asOf", "touches", "transitions", "outcomes", "id", "createdAt", "attributes", "properties", "type", "to", "occurredAt", "inputs", "data", "instances", "batch", "events", "x"];

    public static (string Path, string Type, byte[] Body) Next(Random random)
    {
        (string path, string type) = Routes[random.Next(Routes.Length)];
        var text = new StringBuilder();
        switch (random.Next(6))
        {
            case 0:
                Value(random, text, 0);
                break;
            case 1:
                text.Append(Changed(random, DrillFolder.Lead(random.Next(100))));
                break;
            case 2:
                text.Append('[').Append(Changed(random, DrillFolder.Lead(1))).Append(',').Append(Values[random.Next(Values.Length)]).Append(']');
                break;
            case 3:
                text.Append("""{"lead":{"id":""").Append(Values[random.Next(Values.Length)]).Append(""","createdAt":""").Append(Values[random.Next(Values.Length)])
                    .Append(""","attributes":{"employees":""").Append(Values[random.Next(Values.Length)]).Append("}}}");
                break;
            case 4:
                text.Append("[{\"id\":\"t\",\"leadId\":").Append(Values[random.Next(Values.Length)]).Append(",\"type\":").Append(Values[random.Next(Values.Length)]).Append(",\"occurredAt\":").Append(Values[random.Next(Values.Length)]).Append("}]");
                break;
            default:
                text.Append('"', random.Next(3)).Append('x', random.Next(20_000));
                break;
        }

        byte[] body = Encoding.UTF8.GetBytes(text.ToString());
        for (int i = random.Next(8) == 0 ? 3 : 0; i > 0 && body.Length > 0; i--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return (path, random.Next(30) == 0 ? "text/plain" : type, body);
    }

    private static void Value(Random random, StringBuilder text, int depth)
    {
        if (depth > 6 || random.Next(3) == 0)
        {
            text.Append(Values[random.Next(Values.Length)]);
            return;
        }

        bool list = random.Next(2) == 0;
        text.Append(list ? '[' : '{');
        for (int i = random.Next(4); i >= 0; i--)
        {
            text.Append(list ? "" : $"\"{Names[random.Next(Names.Length)]}\":");
            Value(random, text, depth + 1);
            text.Append(i > 0 ? "," : "");
        }

        text.Append(list ? ']' : '}');
    }

    private static string Changed(Random random, string json)
    {
        var text = new StringBuilder(json);
        for (int i = random.Next(3); i >= 0; i--)
        {
            int at = random.Next(text.Length);
            text.Remove(at, Math.Min(text.Length - at, random.Next(6))).Insert(at, Values[random.Next(Values.Length)]);
        }

        return text.ToString();
    }
}
