using System.CommandLine;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train;

namespace LeadPredict.Training.ImportModel;

/// <summary><c>leadpredict import-model</c>: a model that was learnt elsewhere becomes a version here.</summary>
internal static class ImportModelCommand
{
    public static Command Create(ConsoleHost host)
    {
        var command = new Command("import-model", "Publish a model that was learnt elsewhere as a version that is calibrated, compared and served here.");
        command.Add(XgBoost(host));
        return command;
    }

    private static Command XgBoost(ConsoleHost host)
    {
        var file = new Argument<string>("file") { Description = "The model as XGBoost 1.7 to 3.x saves it to a name ending in .json." };
        var models = SharedOptions.Models();
        var name = new Option<string>("--name") { Description = "The model's name.", Required = true };
        var table = new Option<string?>("--table") { Description = "A labelled CSV that the model did not learn from, later than what it did: calibrates it." };
        var label = new Option<string?>("--label") { Description = "The CSV's label column." };
        var categories = new Option<string?>("--categories")
        {
            Description = "A JSON file: by column name its categories in the order of XGBoost's codes. Without it cells hold the codes.",
        };
        var schema = new Option<string?>("--schema") { Description = "The .schema.json that 'export-table' wrote: the model scores leads of the history." };
        var store = SharedOptions.Store();
        var scorecard = new Option<string?>("--scorecard") { Description = "With --schema: the YAML rules to compare with. Default: the scorecard that ships with LeadPredict." };
        var promote = new Option<bool>("--promote") { Description = "Make the new version the champion." };
        var seed = SharedOptions.Seed();
        var json = CommandRunner.JsonOption();
        var command = new Command("xgboost", "Import a JSON model of XGBoost: binary:logistic, booster gbtree, named columns.")
        {
            file, models, name, table, label, categories, schema, store, scorecard, promote, seed, json,
        };
        command.Run(host, async (parsed, cancellation) =>
        {
            var source = ImportSource.Open(parsed.GetValue(file)!);
            PublishedModel published;
            if (parsed.GetValue(schema) is { } description)
            {
                RefuseTogether("--schema", parsed.GetValue(table), parsed.GetValue(label), parsed.GetValue(categories));
                await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
                ScorecardDefinition rules = parsed.GetValue(scorecard) is { } card ? ScorecardDefinition.Load(card) : ScorecardDefinition.Default;
                var options = new HistoryImportOptions(parsed.GetValue(name)!, description, rules, parsed.GetValue(seed));
                published = await new HistoryImport(history, host).PublishAsync(source, options, parsed.GetValue(models)!, cancellation);
            }
            else
            {
                parsed.RefuseIgnored("it needs --schema FILE, which 'export-table' wrote beside the table that the model learnt from.", store, scorecard);
                var options = new TableImportOptions(
                    parsed.GetValue(name)!,
                    parsed.GetValue(table),
                    parsed.GetValue(label),
                    CategoryNames.Read(parsed.GetValue(categories)),
                    parsed.GetValue(seed));
                if (options.Table is null != options.Label is null)
                {
                    throw new RefusalException("--table and --label go together: the rows to calibrate on, and the column that says what became of each.");
                }

                published = await TableImport.PublishAsync(source, options, parsed.GetValue(models)!, cancellation);
            }

            if (parsed.GetValue(promote))
            {
                await published.PromoteAsync(cancellation);
            }

            published.Print(host, parsed.GetValue(json));
        });
        return command;
    }

    private static void RefuseTogether(string option, params ReadOnlySpan<string?> others)
    {
        foreach (string? other in others)
        {
            if (other is not null)
            {
                throw new RefusalException($"{option} makes a model of leads; --table, --label and --categories make one of a flat table. Give one or the other.");
            }
        }
    }
}
