using System.Text.Json;
using System.Text.Json.Nodes;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Query text, NUL, halves of surrogate pairs and the like in every text of every payload.</summary>
public sealed class HostileTexts
{
    /// <summary>So many of the first go into every place, of the others one in turn.</summary>
    private const int Queries = 6;

    public static readonly string[] Corpus =
    [
        "'; DROP TABLE leads; --", "\" OR 1=1 --", "a\0b", "\uD800", "x\uDFFF", "\\'; SELECT pg_sleep(9); --",
        "Robert'); DELETE FROM touches;--", "$1", "@p0", "{0}", "%s%n", "\uDBFF\uDBFF", "\uFEFF", "\u202Eevil", "😀", "NULL", "NaN", "Infinity", "1e400", "-0", "0001-01-01", "9999-12-31",
        "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "../../etc/passwd", " ", "", new string('x', 401), new string('é', 20_000),
    ];

    public static TheoryData<string> Sources => [.. Senders.Names];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Text_InAnyField_IsKeptOrRefusedOnSqlite(string source)
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["history.db"], create: true);
        await ShouldEndWellAsync(store, source);
    }

    [PostgresFact]
    public async Task Text_InAnyField_IsKeptOrRefusedOnPostgres()
    {
        string database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using IHistoryStore store = await HistoryStores.OpenAsync(database, create: true);
        const string schema = "SELECT string_agg(table_name || column_name || data_type, ',' ORDER BY table_name, ordinal_position) FROM information_schema.columns WHERE table_schema IN ('leadpredict', 'public')";
        object? before = await PostgresCluster.ExecuteOnAsync(database, schema);

        foreach (string source in Senders.Names)
        {
            await ShouldEndWellAsync(store, source);
        }

        (await PostgresCluster.ExecuteOnAsync(database, schema)).ShouldBe(before);
    }

    [Fact]
    public async Task Text_ThatIsTaken_ComesBackAsItWas()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync("sqlite:" + folder["history.db"], create: true);
        await using ApiHost api = await ApiHost.StartAsync(store, model: false);
        foreach ((int number, string text) in Corpus.Index())
        {
            string lead = $"lead-{number}";
            string body = $$"""{"id":"{{lead}}","createdAt":"2025-01-01","attributes":{"x":{{Json(text)}} } }""";

            (int status, _) = await api.SendAsync(Senders.Plain("/v1/leads", Senders.Bytes(body)));

            AccountHistory? kept = await store.FindAccountOfLeadAsync(lead);
            (status == 200).ShouldBe(kept is not null, text);
            (kept?.Leads[0].Attributes[0].Value.ToString() ?? text).ShouldBe(text);
        }
    }

    private static async Task ShouldEndWellAsync(IHistoryStore store, string source)
    {
        await using ApiHost api = await ApiHost.StartAsync(store, model: false);
        string payload = Senders.Payload(source);
        int places = Texts(JsonNode.Parse(payload)!).Count;
        for (int place = 0; place < places; place++)
        {
            JsonNode changed = JsonNode.Parse(payload)!;
            Texts(changed)[place].ReplaceWith("@HOSTILE@");
            string body = changed.ToJsonString();
            foreach (string text in Corpus.Take(Queries).Append(Corpus[Queries + (place % (Corpus.Length - Queries))]))
            {
                (int status, JsonElement answer) = await api.SendAsync(
                    Senders.Plain("/v1/ingest/" + source, Senders.Bytes(body.Replace("\"@HOSTILE@\"", Json(text)))));

                (status is 200 or 207 or 400).ShouldBeTrue($"{text} in place {place}: {status} {answer}");
            }
        }

        api.Log.Lines.ShouldAllBe(line => line.StartsWith("No champion"));
    }

    private static List<JsonValue> Texts(JsonNode node) => node switch
    {
        JsonValue value => value.GetValueKind() == JsonValueKind.String ? [value] : [],
        JsonArray array => [.. array.Where(item => item is not null).SelectMany(item => Texts(item!))],
        JsonObject map => [.. map.Where(member => member.Value is not null).SelectMany(member => Texts(member.Value!))],
        _ => [],
    };

    /// <summary>JSON that escapes what UTF-8 cannot hold.</summary>
    public static string Json(string text) => "\"" + string.Concat(text.Select(unit => unit is '"' or '\\' || char.IsControl(unit) || char.IsSurrogate(unit) ? $"\\u{(int)unit:x4}" : unit.ToString())) + "\"";
}
