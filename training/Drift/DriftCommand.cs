using System.CommandLine;
using System.Globalization;
using LeadPredict.Api.Boards;
using LeadPredict.Api.HandOff;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Engines;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using Spectre.Console;

namespace LeadPredict.Training.Drift;

/// <summary><c>leadpredict drift</c>: whether leads of late are still those that the model learned from, and convert as often.</summary>
internal static class DriftCommand
{
    private const int Shown = 20;

    public static Command Create(ConsoleHost host)
    {
        var model = new Option<string>("--model") { Description = "A model: NAME, NAME@VERSION or NAME@ALIAS.", DefaultValueFactory = _ => "leads" };
        Option<string> store = SharedOptions.Store();
        Option<string> models = SharedOptions.Models();
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("drift", "Hold the leads of the last 90 days against those that a model learned from: inputs, base rate, promises by month.") { model, store, models, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            ModelArtifact artifact = new ModelRepository(parsed.GetValue(models)!).Load(ModelReference.Parse(parsed.GetValue(model)!));
            if (artifact.Funnel is null)
            {
                throw new RefusalException($"{artifact} is of a table: 'evaluate' and 'score' warn of drift in the rows that they read.");
            }

            host.Progress("reading the history");
            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            using var engine = new PredictionEngine(artifact);
            Board board = await BoardPass.MakeAsync(
                history, await new HandOffDesk(history, host.Time).DefinitionsAsync(cancellation), engine, host.Time.GetUtcNow(), ct: cancellation);
            InputDrift inputs = board.Inputs
                ?? throw new RefusalException($"{artifact} keeps no outline of the leads that it learned from, so there is nothing to hold later ones against. Models that 'train' learns keep one; imported models do not.");
            if (parsed.GetValue(json))
            {
                host.WriteJson(new { model = artifact.ToString(), inputs, latestRate = board.Promises?.Latest, promises = board.Promises?.Months });
            }
            else
            {
                Print(host, artifact, inputs, board.Promises);
            }
        });
        return command;
    }

    private static void Print(ConsoleHost host, ModelArtifact artifact, InputDrift inputs, KeptPromises? promises)
    {
        var table = new Table().Title(Markup.Escape(string.Create(
            CultureInfo.InvariantCulture, $"{artifact}: {inputs.Leads} leads of {inputs.From:yyyy-MM-dd} to {inputs.Until:yyyy-MM-dd} against those it learned from")))
            .AddColumn("input").AddColumn("index").AddColumn("chance, to").AddColumn("most in the values").AddColumn("then").AddColumn("now");
        foreach (MovedInput input in inputs.Inputs.Take(Shown))
        {
            table.AddRow(Markup.Escape(input.Name), Two(input.StabilityIndex), Two(input.Chance), Markup.Escape(input.Where), Share(input.Then), Share(input.Now));
        }

        host.Render(table);
        host.Out.WriteLine(!inputs.CanTell
            ? $"{inputs.Leads} leads are too few to tell whether inputs moved; {InputDrift.FewestLeads} are needed."
            : $"{inputs.Inputs.Count(input => input.IsMajor)} of {inputs.Inputs.Count} inputs moved much, {inputs.Inputs.Count(input => input is { IsMoved: true, IsMajor: false })} a little.");
        host.Out.WriteLine(promises?.Latest is { } now
            ? $"base rate: {Share(inputs.BaseRate)} then; {Share(now.Value)} of the last three decided months ({Share(now.Low)} to {Share(now.High)})"
            : $"base rate: {Share(inputs.BaseRate)} then; no lead has been decided");
    }

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("P1", CultureInfo.InvariantCulture);
}
