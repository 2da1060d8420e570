using System.CommandLine;
using LeadPredict.Storage;
using LeadPredict.Storage.Errors;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Import.Recipes;
using LeadPredict.Training.Import.Running;
using LeadPredict.Training.Outputs;

namespace LeadPredict.Training.Import;

/// <summary><c>import PATH [--recipe FILE] [--store S] [--dry-run] [--rejects FILE]</c>: CRM exports into history.</summary>
internal static class ImportCommand
{
    public static Command Create(ConsoleHost host)
    {
        var path = new Argument<string>("path") { Description = "A folder of CSV files, or one of them." };
        var recipe = new Option<string?>("--recipe")
        {
            Description = $"The recipe (YAML) that maps columns to history, or the name of one that is shipped: {string.Join(", ", ShippedRecipes.Names)}. "
                + $"Default: {ImportPlan.RecipeFile} beside the files.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Do everything but write: the report is that of an empty store." };
        var rejects = new Option<string?>("--rejects") { Description = "Write what could not be taken to this CSV file; - for standard output, with the results on standard error." };
        var zone = new Option<string?>("--zone") { Description = "The zone of times that name none, such as Europe/Berlin, in place of the recipe's." };
        var encoding = new Option<string?>("--encoding") { Description = "auto, utf-8, utf-16, utf-16be or windows-1252, in place of the recipe's. Auto finds out by the first bytes." };
        var mark = new Option<string?>("--decimal") { Description = "The decimal mark, . or , in place of the recipe's." };
        Option<string> store = SharedOptions.Store();
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("import", "Brings CSV exports of a CRM into the lead history. Importing again changes nothing.")
        {
            path, recipe, store, dryRun, rejects, zone, encoding, mark, json,
        };
        command.Run(host, async (parsed, ct) =>
        {
            ImportPlan plan = ImportPlan.Make(parsed.GetValue(path)!, parsed.GetValue(recipe), new[] { zone, encoding, mark }
                .Where(option => parsed.GetValue(option) is not null).ToDictionary(option => option.Name[2..], option => parsed.GetValue(option)!));
            string? rejectsFile = StandardOutput.Named(parsed.GetValue(rejects));
            if (rejectsFile is not null)
            {
                StandardOutput.RefuseBesideJson(parsed, json, "--rejects", rejectsFile);
                plan.RefuseToWrite(rejectsFile, parsed.GetValue(store)!);
            }

            var run = new ImportRun(plan, host);
            run.Check(ct);
            using var log = new RejectsLog(rejectsFile);
            ImportReport report = parsed.GetValue(dryRun)
                ? await DryRunAsync(run, log, ct)
                : await KeepAsync(run, parsed.GetValue(store)!, log, ct);
            ImportView.Messages(host, report, log);
            if (parsed.GetValue(json))
            {
                host.WriteJson(report);
            }
            else
            {
                ImportView.Results(rejectsFile is not null && StandardOutput.Is(rejectsFile) ? host.Error : host.Out, report);
            }
        });
        return command;
    }

    /// <summary>Writes what stays; a row that the store refuses is told with what was written before it.</summary>
    private static async Task<ImportReport> KeepAsync(ImportRun run, string connection, RejectsLog log, CancellationToken ct)
    {
        try
        {
            return await WriteAsync(run, connection, log, ct);
        }
        catch (InvalidHistoryException refused)
        {
            throw new RefusalException(
                $"{refused.Found}; its batch was not written, rows of earlier batches stay. Mend it and import again: what is known already is not added twice.", refused);
        }
    }

    private static async Task<ImportReport> WriteAsync(ImportRun run, string connection, RejectsLog log, CancellationToken ct)
    {
        await using IHistoryStore store = await HistoryStores.OpenAsync(connection, create: true, ct);
        return await run.WriteAsync(store, log, ct) with { Store = HistoryStores.Shown(connection) };
    }

    private static async Task<ImportReport> DryRunAsync(ImportRun run, RejectsLog log, CancellationToken ct)
    {
        DirectoryInfo folder = MakeFolder();
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

    private static DirectoryInfo MakeFolder()
    {
        try
        {
            return Directory.CreateTempSubdirectory("leadpredict-dry-run-");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(
                $"--dry-run writes to a store in a temporary folder, which cannot be made in '{Path.GetTempPath()}': {fault.Message} Make that folder, or name another in TMPDIR.", fault);
        }
    }
}
