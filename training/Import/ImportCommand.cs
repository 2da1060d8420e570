using System.CommandLine;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Import.Running;

namespace LeadPredict.Training.Import;

/// <summary><c>import PATH [--recipe FILE] [--store S] [--dry-run] [--rejects FILE]</c>: CRM exports into history.</summary>
internal static class ImportCommand
{
    public static Command Create(ConsoleHost host)
    {
        var path = new Argument<string>("path") { Description = "A folder of CSV files, or one of them." };
        var recipe = new Option<string?>("--recipe")
        {
            Description = $"The recipe (YAML) that maps columns to history. Default: {ImportPlan.RecipeFile} beside the files.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Do everything but write: the report is that of an empty store." };
        var rejects = new Option<string?>("--rejects") { Description = "Write what could not be taken to this CSV file." };
        Option<string> store = SharedOptions.Store();
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("import", "Brings CSV exports of a CRM into the lead history. Importing again changes nothing.")
        {
            path, recipe, store, dryRun, rejects, json,
        };
        command.Run(host, async (parsed, ct) =>
        {
            ImportPlan plan = ImportPlan.Make(parsed.GetValue(path)!, parsed.GetValue(recipe));
            var run = new ImportRun(plan, host);
            run.Check(ct);
            using var log = new RejectsLog(parsed.GetValue(rejects));
            ImportReport report = parsed.GetValue(dryRun)
                ? await DryRunAsync(run, log, ct)
                : await WriteAsync(run, parsed.GetValue(store)!, log, ct);
            ImportView.Messages(host, report, log);
            if (parsed.GetValue(json))
            {
                host.WriteJson(report);
            }
            else
            {
                ImportView.Results(host, report);
            }
        });
        return command;
    }

    private static async Task<ImportReport> WriteAsync(ImportRun run, string connection, RejectsLog log, CancellationToken ct)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(connection, create: true, ct);
        return await run.WriteAsync(store, log, ct) with { Store = HistoryStores.Shown(connection) };
    }

    private static async Task<ImportReport> DryRunAsync(ImportRun run, RejectsLog log, CancellationToken ct)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("leadpredict-dry-run-");
        try
        {
            string connection = "sqlite:" + Path.Combine(folder.FullName, "history.db");
            return await WriteAsync(run, connection, log, ct) with { Store = null, DryRun = true };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
