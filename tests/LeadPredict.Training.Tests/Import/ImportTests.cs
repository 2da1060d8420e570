using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;

namespace LeadPredict.Training.Tests.Import;

public sealed class ImportTests : IDisposable
{
    private const string Recipe =
        """
        format: { zone: +02:00 }
        funnel: { steps: [MarketingQualified, SalesQualified, Won], closeHorizonDays: 120 }
        files:
          - file: contacts*.csv
            lead: { id: ID, createdAt: Created, source: Source, account: Company }
            account: { id: Company, name: Company }
            attributes:
              jobTitle: Title
              employees: { column: Employees, type: number }
              newsletter: { column: Newsletter, type: boolean }
            transitions:
              - { stage: MarketingQualified, at: MQL Date, actor: { value: scoring }, reason: Why }
          - file: activities.csv
            leadId: contact
            touches:
              type: { column: kind, map: { visit: page_view } }
              at: at
              properties: { page: page }
        """;

    private const string Contacts =
        """
        ID,Created,Source,Company,Title,Employees,Newsletter,MQL Date,Why
        a,2025-01-01 10:00,web,Acme,VP Marketing,"1,250",yes,2025-01-03,demo
        b,2025-01-02 10:00,Select,,NULL,,no,,
        """;

    private const string Activities =
        """
        contact,kind,at,page
        a,visit,2025-01-01 11:00,pricing
        a,visit,2025-01-01 11:00,pricing
        a,Demo Request,1735812000000,
        """;

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_ByRecipe_MapsEveryKind()
    {
        ConsoleRun run = await Files().ImportAsync("--json");

        Added(run, "leads").ShouldBe(2);
        Added(run, "touches").ShouldBe(2);
        List<LeadHistory> leads = await _folder.LeadsAsync();
        LeadHistory a = leads.Single(lead => lead.Lead.Id == "a");
        a.Lead.ShouldBe(new Lead
        {
            Id = "a",
            AccountId = "Acme",
            Source = "web",
            CreatedAt = new(2025, 1, 1, 8, 0, 0, TimeSpan.Zero),
            RecordedAt = new(2025, 1, 1, 8, 0, 0, TimeSpan.Zero),
        });
        a.Attributes.Select(change => (change.Name, change.Value)).ShouldBe(
        [
            ("employees", AttributeValue.Of(1250)), ("jobTitle", AttributeValue.Of("VP Marketing")), ("newsletter", AttributeValue.Of(true)),
        ]);
        StageTransition transition = a.Transitions.ShouldHaveSingleItem();
        (transition.To, transition.Actor, transition.Reason).ShouldBe((Stage.MarketingQualified, "scoring", "demo"));
        transition.OccurredAt.ShouldBe(new(2025, 1, 2, 22, 0, 0, TimeSpan.Zero));
        a.Touches.Select(touch => touch.Type).ShouldBe(["page_view", "demo_request"]);
        a.Touches[0].Properties["page"].ShouldBe(AttributeValue.Of("pricing"));

        LeadHistory b = leads.Single(lead => lead.Lead.Id == "b");
        b.Lead.Source.ShouldBeNull();
        b.Attributes.ShouldHaveSingleItem().Name.ShouldBe("newsletter");
        b.Transitions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_Again_ChangesNothing()
    {
        await Files().ImportAsync();
        var named = new JsonSerializerOptions { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
        string before = JsonSerializer.Serialize(await _folder.LeadsAsync(), named);

        ConsoleRun again = await _folder.ImportAsync("--json");

        again.Json.GetProperty("rows").EnumerateObject().ShouldAllBe(kind => kind.Value.GetProperty("added").GetInt32() == 0);
        JsonSerializer.Serialize(await _folder.LeadsAsync(), named).ShouldBe(before);
    }

    [Fact]
    public async Task Import_DryRun_ReportsAndWritesNothing()
    {
        ConsoleRun run = await Files().ImportAsync("--dry-run", "--json");

        run.Json.GetProperty("dryRun").GetBoolean().ShouldBeTrue();
        Added(run, "touches").ShouldBe(2);
        File.Exists(_folder.StoreFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Import_ValuesThatDoNotFit_AreRejectedByLineColumnAndReason()
    {
        const string contacts =
            """

            c,2025-01-03,web,,Boss,many,maybe,someday,
            ,2025-01-03,web,,,,,,
            d,never,web,,,,,,
            e,2025-01-04,web
            f,1850-01-01,,,,,,,
            """;

        ConsoleRun run = await Files(contacts: Contacts + contacts, activities: Activities + "\nstranger,visit,2025-01-01,\na,visit,,\n")
            .ImportAsync("--rejects", _folder.Rejects);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("rejected: contacts.csv, line 4, column 'Employees': 'many' is no number");
        string[] lines = await File.ReadAllLinesAsync(_folder.Rejects);
        lines[0].ShouldBe("file,line,column,value,reason");
        lines.Skip(1).Select(line => string.Join(',', line.Split(',').Take(4))).ShouldBe(
        [
            "contacts.csv,4,Employees,many", "contacts.csv,4,Newsletter,maybe", "contacts.csv,4,MQL Date,someday",
            "contacts.csv,5,ID,", "contacts.csv,6,Created,never", "contacts.csv,7,,\"e", "contacts.csv,8,Created,1850-01-01",
            "activities.csv,6,at,", "activities.csv,5,contact,stranger",
        ]);
        run.Out.ShouldContain($"{"activities.csv",-28} {5,12} records {2,10} rejected");
        (await _folder.LeadsAsync()).Select(lead => lead.Lead.Id).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task Import_RecordsOfUnknownLeads_AreAllRejectedAndCounted()
    {
        const string activities = "contact,kind,at,page\nX1,call,2024-01-01,\nX1,call,2024-01-02,\nX1,call,2024-01-02,\nX2,call,bad,\nX2,call,2024-01-05,\na,call,2024-01-05,\n";

        ConsoleRun run = await Files(activities: activities).ImportAsync("--rejects", _folder.Rejects, "--json");

        JsonElement report = run.Json;
        report.GetProperty("rejects").GetInt32().ShouldBe(5);
        report.GetProperty("files")[1].GetProperty("rejectedRecords").GetInt32().ShouldBe(5);
        report.GetProperty("rows").GetProperty("touches").GetProperty("orphaned").GetInt32().ShouldBe(4);
        (await File.ReadAllLinesAsync(_folder.Rejects)).Skip(1).Select(line => string.Join(',', line.Split(',').Skip(1).Take(3))).ShouldBe(
            ["5,at,bad", "2,contact,X1", "3,contact,X1", "4,contact,X1", "6,contact,X2"]);
    }

    [Fact]
    public async Task Import_FunnelStart_IsSaidAsTheRecipeWritesIt()
    {
        ConsoleRun run = await Files(Recipe.Replace("closeHorizonDays: 120", "closeHorizonDays: 120, start: 2024-01-01", StringComparison.Ordinal)).ImportAsync();

        run.Error.ShouldContain("stays in a stage that began before 2024-01-01 are kept but not learned from");
    }

    [Fact]
    public async Task Import_Funnel_IsSetInTheStoreAndOneLinkIsSaid()
    {
        string recipe = Recipe.Replace("[MarketingQualified, SalesQualified, Won]", "[MarketingQualified, Won]", StringComparison.Ordinal);

        ConsoleRun run = await Files(recipe).ImportAsync();

        run.Error.ShouldContain("the funnel has one link, MarketingQualified to Won within 120 days");
        await using IHistoryStore store = await HistoryStores.OpenAsync(_folder.Store, create: false);
        (await store.GetFunnelAsync()).ShouldBe(
            FunnelDefinition.Create([Stage.MarketingQualified, Stage.Won], closeHorizon: TimeSpan.FromDays(120)));
    }

    [Fact]
    public async Task Import_RowsThatLieAhead_AreListed()
    {
        ConsoleRun run = await Files(contacts: Contacts.Replace("2025-01-03,demo", "2199-01-03,demo", StringComparison.Ordinal)).ImportAsync("--json");

        run.Json.GetProperty("anomalies").GetProperty("first").EnumerateArray().Select(anomaly => anomaly.GetProperty("kind").GetString()).ShouldContain("inTheFuture");
        run.Error.ShouldContain("which lies ahead");
    }

    [Fact]
    public async Task Import_TransitionBeforeCreation_IsKeptCountedAndListed()
    {
        ConsoleRun run = await Files(contacts: Contacts.Replace("2025-01-03,demo", "2024-12-31,demo", StringComparison.Ordinal)).ImportAsync("--json");

        JsonElement anomalies = run.Json.GetProperty("anomalies");
        anomalies.GetProperty("count").GetInt32().ShouldBe(1);
        anomalies.GetProperty("first")[0].GetProperty("leadId").GetString().ShouldBe("a");
        run.Error.ShouldContain("MarketingQualified at 2024-12-30 22:00:00Z lies 1.42 days before the lead's creation");
        (await _folder.LeadsAsync())[0].Transitions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Import_NativeFiles_NeedNoRecipe()
    {
        _folder
            .With("leads.csv", "id,accountId,source,createdAt,recordedAt\nl1,acme,web,2025-01-01T00:00:00Z,2025-01-01T01:00:00Z\n")
            .With("accounts.csv", "id,name,domain,createdAt,recordedAt\nacme,Acme,acme.example,2024-01-01T00:00:00Z,2024-01-01T00:00:00Z\n")
            .With(
                "attributes.csv",
                "leadId,name,value,occurredAt,recordedAt\nl1,employees,250,2025-01-01T00:00:00Z,2025-01-01T01:00:00Z\nl1,employees,,2025-01-09T00:00:00Z,\n")
            .With(
                "touches.csv",
                "id,leadId,type,occurredAt,recordedAt,properties\nt1,l1,page_view,2025-01-02T00:00:00Z,2025-01-02T00:00:00Z,\"{\"\"page\"\":\"\"pricing\"\"}\"\n")
            .With("transitions.csv", "id,leadId,to,occurredAt,recordedAt,actor,reason\ns1,l1,Won,2025-01-05T00:00:00Z,2025-01-06T00:00:00Z,ann,\n")
            .With("outcomes.csv", "id,leadId,won,amount,currency,occurredAt,recordedAt\no1,l1,true,1200.50,EUR,2025-01-05T00:00:00Z,2025-01-06T00:00:00Z\n");

        ConsoleRun run = await _folder.ImportAsync();

        run.ExitCode.ShouldBe(0, run.Error);
        LeadHistory lead = (await _folder.LeadsAsync()).ShouldHaveSingleItem();
        lead.Lead.RecordedAt.Hour.ShouldBe(1);
        lead.Attributes.Select(change => change.Value).ShouldBe([AttributeValue.Of(250), AttributeValue.Missing]);
        lead.Touches.ShouldHaveSingleItem().Properties["page"].ShouldBe(AttributeValue.Of("pricing"));
        lead.Transitions.ShouldHaveSingleItem().RecordedAt.Day.ShouldBe(6);
        lead.Outcomes.ShouldHaveSingleItem().Amount.ShouldBe(1200.50m);
    }

    private static int Added(ConsoleRun run, string kind) => run.Json.GetProperty("rows").GetProperty(kind).GetProperty("added").GetInt32();

    private ImportFolder Files(string recipe = Recipe, string contacts = Contacts, string activities = Activities) =>
        _folder.With("recipe.yaml", recipe).With("contacts.csv", contacts).With("activities.csv", activities);
}
