namespace LeadPredict.Training.Tests.Import;

/// <summary>What one should know of an import though nothing of it is wrong.</summary>
public sealed class ImportNotesTests : IDisposable
{
    private const string Leads = "Id,CreatedDate\n00Q5e00001AbCdEEAV,2024-03-01T00:00:00.000Z\n";

    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FilesThatFitNothingAndThoseThatAreNotThere_AreNamed()
    {
        ConsoleRun run = await _folder.With("Lead.csv", Leads).With("Lead-2.CSV", Leads).With("LeadHistory (1).csv", "a\n").With("notes.txt", "x")
            .ImportAsync("--recipe", "salesforce", "--json");

        string[] notes = Notes(run);
        notes.ShouldContain("not read, since they fit no file of the shipped recipe salesforce: Lead-2.CSV, LeadHistory (1).csv");
        notes.ShouldContain("not there, and done without: LeadHistory.csv, OpportunityHistory.csv, Opportunity.csv");
        notes.ShouldAllBe(note => run.Error.Contains(note, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneFileOfAFolder_SaysNothingOfTheOthers()
    {
        _folder.With("Lead.csv", Leads).With("Lead-2.csv", Leads);

        ConsoleRun run = await ConsoleRun.Of("import", Path.Combine(_folder.Files, "Lead.csv"), "--recipe", "salesforce", "--store", _folder.Store, "--json");

        Notes(run).ShouldBeEmpty();
    }

    private static string[] Notes(ConsoleRun run)
    {
        run.ExitCode.ShouldBe(0, run.Error);
        return [.. run.Json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)];
    }
}
