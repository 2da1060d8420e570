using System.CommandLine;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Outputs;

namespace LeadPredict.Training.ExportTable;

/// <summary><c>leadpredict export-table</c>: the training table of a history, to learn from elsewhere.</summary>
internal static class ExportTableCommand
{
    public static Command Create(ConsoleHost host)
    {
        var store = SharedOptions.Store();
        var output = new Option<string>("--out") { Description = "The CSV to write; its description goes beside it as .schema.json.", Required = true };
        var question = ChoiceOptions.Choice<TableQuestion>("--question", "What the label says: sql (became SQL in time, the default) or close (was won in time).");
        var drop = SharedOptions.Drop();
        var accept = SharedOptions.AcceptLeak();
        var json = CommandRunner.JsonOption();
        var command = new Command("export-table", "Write the history's training table as CSV, so that a model can be learnt on other machines.")
        {
            store, output, question, drop, accept, json,
        };
        command.Run(host, async (parsed, cancellation) =>
        {
            string table = parsed.GetValue(output)!;
            bool isDash = table == StandardOutput.Dash;
            if (isDash || OutputPlace.Of(table).IsStream)
            {
                throw new RefusalException($"--out {table} is {(isDash ? "standard output" : "a pipe or a device")}; expected the name of a file, for the table's description is written beside it.");
            }

            foreach (string file in new[] { table, TableExport.DescriptionOf(table) })
            {
                KeptFiles.RefuseToReplace("--out", file, parsed.GetValue(store)!, models: null);
            }

            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            var options = new TableExportOptions(
                table,
                parsed.GetValue(question) ?? TableQuestion.Sql,
                SharedOptions.NamesOfHistory(parsed.GetValue(drop)),
                SharedOptions.NamesOfHistory(parsed.GetValue(accept)));
            TableDescription written = await new TableExport(history, host).WriteAsync(options, cancellation);
            foreach (string warning in written.Warnings())
            {
                host.Warn(warning);
            }

            string schema = TableExport.DescriptionOf(options.Out);
            if (parsed.GetValue(json))
            {
                host.WriteJson(new
                {
                    @out = options.Out,
                    schema,
                    question = written.Question,
                    columns = written.Columns.Count,
                    rows = written.Rows,
                    calibrateFrom = written.CalibrateFrom,
                    testFrom = written.TestFrom,
                    observedUntil = written.ObservedUntil,
                    converted = written.Converted,
                    warnings = written.Warnings(),
                });
                return;
            }

            host.Out.WriteLine($"wrote {written.Rows.Values.Sum()} rows of {written.Columns.Count} features to {options.Out}, described in {schema}");
            host.Out.WriteLine(
                $"learn from the {written.Rows["train"]} rows of side train; {written.Rows["calibrate"]} rows from {written.CalibrateFrom:yyyy-MM-dd} on calibrate, "
                + $"{written.Rows["test"]} from {written.TestFrom:yyyy-MM-dd} on test: leave both alone");
        });
        return command;
    }
}
