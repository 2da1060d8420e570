using System.CommandLine;
using LeadPredict.Api.Boards;
using LeadPredict.Api.HandOff;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Engines;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.FunnelMeasures;

/// <summary><c>leadpredict funnel</c>: how the funnel does, measured from the history.</summary>
internal static class FunnelCommand
{
    public static Command Create(ConsoleHost host)
    {
        Option<string> store = SharedOptions.Store();
        Option<string> models = SharedOptions.Models();
        var model = new Option<string?>("--model") { Description = "The model that gives the score bands. Default: the first by name that has a champion." };
        var json = CommandRunner.JsonOption();
        var command = new Command("funnel", "Conversion by cohort, source, segment and score band, time in stage, revenue, reasons and promises.")
        {
            store, models, model, json,
        };
        command.Run(host, async (parsed, cancellation) =>
        {
            host.Progress("reading the history");
            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            using PredictionEngine? engine = Engine(new(parsed.GetValue(models)!), parsed.GetValue(model));
            Board board = await BoardPass.MakeAsync(
                history, await new HandOffDesk(history, host.Time).DefinitionsAsync(cancellation), engine, host.Time.GetUtcNow(), decided: false, ct: cancellation);
            if (parsed.GetValue(json))
            {
                host.WriteJson(board.Funnel);
            }
            else
            {
                FunnelTables.Print(host, board.Funnel);
            }
        });
        return command;
    }

    private static PredictionEngine? Engine(ModelRepository repository, string? named)
    {
        string? name = named ?? repository.List().FirstOrDefault(version => version is { IsChampion: true, Kind: ArtifactKind.Funnel })?.Name;
        return name is null ? null : new(repository.Load(ModelReference.Parse(name)));
    }
}
