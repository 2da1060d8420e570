using System.Text.Json;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Tests.Sqlite;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Training.Tests.People;

/// <summary><c>forget</c> and <c>duplicates</c>, from import to export.</summary>
public sealed class PeopleCommandTests : IDisposable
{
    private const string Planted = "planted.person@navy.example";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-people-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task Forget_PlantedPerson_IsAbsentFromReportsAndRefusedOnImportOnSqlite() =>
        ShouldStayForgottenAsync("sqlite:" + Path.Combine(_folder.FullName, "history.db"));

    [PostgresFact]
    public async Task Forget_PlantedPerson_IsAbsentFromReportsAndRefusedOnImportOnPostgres() =>
        await ShouldStayForgottenAsync(await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync());

    [Fact]
    public async Task Duplicates_ListMergeUndo_WorkTogether()
    {
        string store = "sqlite:" + Path.Combine(_folder.FullName, "twice.db");
        await ImportAsync(store);

        JsonElement listed = (await ConsoleRun.Of("duplicates", "list", "--store", store, "--json")).Json;
        listed.GetProperty("proposals").GetArrayLength().ShouldBe(1);
        ConsoleRun merged = await ConsoleRun.Of("duplicates", "merge", "--all", "--store", store);
        merged.Out.ShouldBe($"merge 1: p2 is read as p1{Environment.NewLine}", merged.Error);
        (await ConsoleRun.Of("duplicates", "list", "--store", store)).Out.ShouldContain("merge 1: lead p1  <-  p2");
        (await ConsoleRun.Of("duplicates", "merge", "--all", "--store", store)).Out.ShouldBe("nothing to merge\n");
        (await ConsoleRun.Of("duplicates", "undo", "1", "--store", store)).ExitCode.ShouldBe(0);
        (await ConsoleRun.Of("duplicates", "undo", "1", "--store", store)).ExitCode.ShouldBe(1);
        (await ConsoleRun.Of("duplicates", "merge", "--keep", "p1", "--store", store)).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("account", "a2 is read as a1")]
    [InlineData("lead", "p2 is read as p1")]
    [InlineData("attach", "nothing to merge")]
    public async Task Duplicates_MergeAllOfAKind_LeavesTheOthers(string kind, string merged)
    {
        string file = Path.Combine(_folder.FullName, "pairs.csv"), store = "sqlite:" + Path.Combine(_folder.FullName, "pairs.db");
        await File.WriteAllTextAsync(file, $"id,createdAt,email,company,domain\np1,2025-01-01,{Planted},a1,navy.example\np2,2025-01-02,{Planted},a2,navy.example\n");
        string recipe = Path.Combine(_folder.FullName, "pairs.yaml");
        await File.WriteAllTextAsync(recipe, "files:\n  - file: pairs.csv\n    lead: { id: id, createdAt: createdAt, account: company }\n    account: { id: company, domain: domain }\n    attributes: { email: email }\n");
        (await ConsoleRun.Of("import", file, "--recipe", recipe, "--store", store)).ExitCode.ShouldBe(0);

        ConsoleRun run = await ConsoleRun.Of("duplicates", "merge", "--all", "--kind", kind, "--store", store);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.TrimEnd().ShouldEndWith(merged);
        run.Out.TrimEnd().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task Forget_NobodySaid_IsRefused() => (await ConsoleRun.Of("forget", "--store", "sqlite:x.db")).ExitCode.ShouldBe(1);

    [Fact]
    public async Task Forget_FileThatCannotBeWrittenAnew_IsDoneAuditedAndWarnedOf()
    {
        string file = Path.Combine(_folder.FullName, "full.db"), store = "sqlite:" + file;
        await ImportAsync(store);
        await SpoiltPages.AddAsync(file);

        ConsoleRun run = await ConsoleRun.Of("forget", "--lead", "q", "--store", store, "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("leads").GetInt32().ShouldBe(1);
        run.Json.GetProperty("warning").GetString().ShouldNotBeNull().ShouldContain("could not be written anew");
        run.Error.ShouldContain("forget the person once more");
        await using OperationsStore operations = await OperationsStore.OpenAsync(store, create: false);
        (await operations.Audit.ReadAsync(1)).ShouldHaveSingleItem().Outcome.ShouldBe("done");
    }

    private async Task ShouldStayForgottenAsync(string store)
    {
        (await ImportAsync(store)).GetProperty("rows").GetProperty("leads").GetProperty("added").GetInt32().ShouldBe(3);

        ConsoleRun run = await ConsoleRun.Of("forget", "--email", Planted.ToUpperInvariant(), "--store", store, "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("leads").GetInt32().ShouldBe(2);
        (run.Out + run.Error).ShouldNotContain("planted", Case.Insensitive);
        run.Error.ShouldNotContain("Nobody was known");
        (await ConsoleRun.Of("forget", "--email", "nobody@navy.example", "--store", store)).Error.ShouldContain("Nobody was known by that.");
        JsonElement again = await ImportAsync(store);
        again.GetProperty("rows").GetProperty("leads").GetProperty("forgotten").GetInt32().ShouldBe(2);
        again.GetProperty("rows").GetProperty("leads").GetProperty("added").GetInt32().ShouldBe(0);
        again.ToString().ShouldNotContain("planted", Case.Insensitive);
    }

    private async Task<JsonElement> ImportAsync(string store)
    {
        string file = Path.Combine(_folder.FullName, "leads.csv");
        await File.WriteAllTextAsync(file, $"id,createdAt,email,title\np1,2025-01-01,{Planted},VP\np2,2025-01-02,{Planted},VP\nq,2025-01-03,other@x.example,CTO\n");
        string recipe = Path.Combine(_folder.FullName, "recipe.yaml");
        await File.WriteAllTextAsync(recipe, "files:\n  - file: leads.csv\n    lead: { id: id, createdAt: createdAt }\n    attributes: { email: email, jobTitle: title }\n");
        return (await ConsoleRun.Of("import", file, "--recipe", recipe, "--store", store, "--json")).Json;
    }
}
