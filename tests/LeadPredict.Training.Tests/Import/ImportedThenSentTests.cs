using System.Text.Json.Nodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Testing;
using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Records that are exported and imported first, and sent over HTTP later, as it is when a service goes live.</summary>
public sealed class ImportedThenSentTests : IDisposable
{
    private const string Deals =
        """
        [ { "attributes": { "type": "Lead" }, "Id": "00QB", "Company": "Globex", "CreatedDate": "2025-01-05T08:00:00.000+0000", "ConvertedOpportunityId": "006B" },
          { "attributes": { "type": "Opportunity" }, "Id": "006A", "StageName": "Closed Won", "IsClosed": true, "Amount": 11500.25, "CreatedDate": "2025-03-12T09:14:00.000+0000", "CloseDate": "2025-05-20" },
          { "attributes": { "type": "Opportunity" }, "Id": "006B", "StageName": "Closed Lost", "IsClosed": true, "Amount": 900, "CreatedDate": "2025-02-01T08:00:00.000+0000", "CloseDate": "2025-03-01" } ]
        """;

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SalesforceRecords_ImportedThenSent_CountOnce()
    {
        JsonObject payload = Payload("salesforce");
        foreach (JsonNode? deal in JsonNode.Parse(Deals)!.AsArray())
        {
            payload["records"]!.AsArray().Add(deal!.DeepClone());
        }

        foreach (var type in payload["records"]!.AsArray().GroupBy(record => (string)record!["attributes"]!["type"]!))
        {
            _folder.With(type.Key + ".csv", Table(type!));
        }

        HistorySummary imported = await ImportedThenSentAsync("salesforce", "salesforce", payload);

        (imported.Transitions, imported.Outcomes).ShouldBe((8, 3));
    }

    [Fact]
    public async Task MarketoActivities_ImportedThenSent_CountOnce()
    {
        JsonObject payload = Payload("marketo");
        _folder.With("activities.csv", Table(payload["result"]!.AsArray()!));

        HistorySummary imported = await ImportedThenSentAsync("marketo-activities", "marketo", payload);

        (imported.Touches, imported.Transitions).ShouldBe((2, 1));
    }

    [Fact]
    public async Task MarketoActivities_ImportedOrSent_MakeTheSameHistory()
    {
        JsonArray activities = Activities();
        _folder.With("activities.csv", Table(activities!));
        ConsoleRun run = await _folder.ImportAsync("--recipe", "marketo-activities", "--rejects", _folder.Rejects);
        run.ExitCode.ShouldBe(0, run.Error + File.ReadAllText(_folder.Rejects));
        using var sent = new ImportFolder();
        Directory.CreateDirectory(sent.Files);
        await using (IHistoryStore store = await HistoryStores.OpenAsync(sent.Store, create: true))
        {
            await sent.SendAsync(store, "marketo", new JsonObject { ["result"] = activities.DeepClone() });
        }

        LeadHistory imported = (await _folder.LeadsAsync()).ShouldHaveSingleItem(), told = (await sent.LeadsAsync()).ShouldHaveSingleItem();
        Shown(told).ShouldBe(Shown(imported));
        imported.Attributes.Select(row => row.Name).ShouldNotContain(name => name.EndsWith("Status"));
        imported.Transitions[^1].To.ShouldBe(Stage.Disqualified);
        imported.Touches.SelectMany(row => row.Properties.Keys).ShouldNotContain("Client IP Address");
    }

    [Theory]
    [InlineData("Prospekt geöffnet", "prospekt_geöffnet")]
    [InlineData("Webinar: attended", "webinar_attended")]
    [InlineData("demoRequested", "demo_requested")]
    [InlineData("demo__requested", "demo__requested")]
    [InlineData("?!", "other")]
    public async Task Activity_ImportedOrSent_IsOfOneType(string name, string type)
    {
        ConsoleRun run = await ImportAsync(name);
        run.ExitCode.ShouldBe(0, run.Error);

        await _folder.SendAsync("segment", $$"""{ "type": "track", "messageId": "m", "userId": "k1", "event": "{{name}}", "timestamp": "2025-01-03", "receivedAt": "2025-01-03" }""");

        (await _folder.LeadsAsync()).ShouldHaveSingleItem().Touches.Select(touch => touch.Type).ShouldBe([type, type]);
    }

    [Fact]
    public async Task Activity_WhoseTypeIsLongerThanItsName_IsRejectedWhereItDoesNotFit()
    {
        string name = string.Concat(Enumerable.Repeat("aB", HistoryBatch.LongestKey / 2));

        ConsoleRun run = await ImportAsync(name);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("has 600 characters; expected at most 400");
    }

    /// <summary>An activity of every type with a low number, a change of every field that is mapped, every word for a stage.</summary>
    private static JsonArray Activities()
    {
        var activities = new JsonArray();
        void Add(int type, string primary, params (string Name, JsonNode? Value)[] attributes) => activities.Add(new JsonObject
        {
            ["marketoGUID"] = $"a{activities.Count}",
            ["leadId"] = 6,
            ["activityDate"] = $"2025-03-10T20:{activities.Count / 60:00}:{activities.Count % 60:00}Z",
            ["activityTypeId"] = type,
            ["primaryAttributeValue"] = primary,
            ["attributes"] = new JsonArray([.. attributes.Select(entry => new JsonObject { ["name"] = entry.Name, ["value"] = entry.Value })]),
        });

        Add(12, "ada", ("Source Type", "Web form fillout"));
        foreach (int type in Enumerable.Range(1, 120).Append(100105).Where(type => type is not (12 or 13 or 37)))
        {
            Add(type, "what", ("Client IP Address", "203.0.113.9"), ("User Agent", "Mozilla"), ("New Status", "Attended"), ("Step ID", 12));
        }

        foreach (string field in new[] { "Job Title", "Company Name", "Industry", "Country", "Email Address", "First Name", "Last Name", "Favourite Colour" })
        {
            Add(13, field, ("New Value", "red"), ("Old Value", "blue"));
            Add(13, field, ("New Value", "01234"), ("Old Value", "red"));
        }

        foreach (string field in new[] { "Num Employees", "Annual Revenue", "Budget" })
        {
            Add(13, field, ("New Value", "250"));
        }

        foreach (string field in new[] { "Job Title", "Company Name", "Industry", "Country", "Email Address", "First Name", "Last Name" })
        {
            Add(13, field, ("New Value", "360"), ("Old Value", "01234"));
        }

        foreach (string word in new[] { "Lead", "MQL", "Marketing Qualified", "Marketing Qualified Lead", "SAL", "Sales Accepted", "SQL", "Sales Qualified Lead", "Opportunity", "Recycled", "Customer", "Closed Lost", "Disqualified" })
        {
            Add(13, "Lead Status", ("New Value", word), ("Source", "Web service API"));
            Add(13, "Lifecycle Status", ("New Value", word));
        }

        Add(37, "ada");
        return activities;
    }

    private Task<ConsoleRun> ImportAsync(string activity) => _folder.With("leads.csv", "id,at\nk1,2025-01-01\n").With("activities.csv", $"who,what,at\nk1,{activity},2025-01-02\n")
        .With(
            "recipe.yaml",
            """
            files:
              - file: leads.csv
                lead: { id: id, createdAt: at }
              - file: activities.csv
                leadId: who
                touches: { type: { column: what }, at: at }
            """).ImportAsync();

    private static string Shown(LeadHistory lead) => string.Join('\n', [
        lead.Lead.ToString(),
        .. lead.Attributes.Select(row => row.ToString()).Order(StringComparer.Ordinal),
        .. lead.Transitions.Select(row => row.ToString()),
        .. lead.Touches.Select(row => $"{row with { Properties = new Dictionary<string, AttributeValue>() }} {string.Join(", ", row.Properties.OrderBy(entry => entry.Key, StringComparer.Ordinal))}"),
    ]);

    private static JsonObject Payload(string source) =>
        JsonNode.Parse(File.ReadAllText(SharedFiles.Repository("tests", "LeadPredict.Api.Tests", "Ingest", "Payloads", source + ".json")))!.AsObject();

    /// <summary>The records as an export of them: a column a member, and an activity's attributes as one JSON object.</summary>
    private static string Table(IEnumerable<JsonNode> records)
    {
        string[] names = [.. records.SelectMany(record => record.AsObject()).Where(member => member is not { Key: "attributes", Value: JsonObject }).Select(member => member.Key).Distinct()];
        using var text = new StringWriter();
        var csv = new CsvOutput(text);
        csv.Write(names);
        foreach (JsonNode record in records)
        {
            csv.Write([.. names.Select(name => record[name] is JsonArray list
                ? new JsonObject(list.Select(entry => KeyValuePair.Create((string)entry!["name"]!, entry["value"]?.DeepClone()))).ToJsonString()
                : record[name]?.ToString())]);
        }

        return text.ToString();
    }

    /// <summary>Imports, sends, and holds the counts of events before to those after; gives the counts.</summary>
    private async Task<HistorySummary> ImportedThenSentAsync(string recipe, string source, JsonObject payload)
    {
        ConsoleRun run = await _folder.ImportAsync("--recipe", recipe);
        run.ExitCode.ShouldBe(0, run.Error);
        await using IHistoryStore store = await HistoryStores.OpenAsync(_folder.Store, create: false);
        HistorySummary before = await store.SummarizeAsync();
        await _folder.SendAsync(store, source, payload);
        HistorySummary after = await store.SummarizeAsync();
        (after.Leads, after.Touches, after.Transitions, after.Outcomes).ShouldBe((before.Leads, before.Touches, before.Transitions, before.Outcomes));
        return before;
    }
}
