using System.CommandLine;
using System.Text;
using LeadPredict.Api.Pages.Report;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Outputs;

namespace LeadPredict.Training.Report;

/// <summary><c>leadpredict report</c>: the pages for leaders as one file.</summary>
internal static class ReportCommand
{
    public static Command Create(ConsoleHost host)
    {
        var output = new Option<string>("--out") { Description = "The file to write; - for standard output.", DefaultValueFactory = _ => "leadpredict-report.html" };
        var model = new Option<string?>("--model") { Description = "The model to report on. Default: the first by name that has a champion." };
        Option<string> store = SharedOptions.Store();
        Option<string> models = SharedOptions.Models();
        var json = CommandRunner.JsonOption();
        var command = new Command("report", "Write model and rules, funnel, models and scorecard as one HTML file without anything about single leads.")
        {
            output, model, store, models, json,
        };
        command.Run(host, async (parsed, cancellation) =>
        {
            string file = StandardOutput.Named(parsed.GetValue(output)!);
            StandardOutput.RefuseBesideJson(parsed, json, "--out", file);
            KeptFiles.RefuseToReplace("--out", file, parsed.GetValue(store)!, parsed.GetValue(models));
            host.Progress("reading the history");
            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            var repository = new ModelRepository(parsed.GetValue(models)!);
            string? name = parsed.GetValue(model)
                ?? repository.List().FirstOrDefault(version => version is { IsChampion: true, Kind: ArtifactKind.Funnel })?.Name;
            string html = await ReportFile.WriteAsync(
                history, repository, name is null ? null : OfLeads(repository.Load(ModelReference.Parse(name))), host.Time, cancellation);
            byte[] bytes = Encoding.UTF8.GetBytes(html);
            await AtomicFile.WriteAsync(file, bytes, cancellation);
            if (parsed.GetValue(json))
            {
                host.WriteJson(new { file, bytes = bytes.Length, model = name });
            }
            else
            {
                StandardOutput.Beside(file, host).WriteLine($"wrote {file} ({bytes.Length / 1024} kB)");
            }
        });
        return command;
    }

    private static ModelArtifact OfLeads(ModelArtifact model) => model.Kind == ArtifactKind.Funnel
        ? model
        : throw new RefusalException($"{model} was learned from a table and knows nothing of leads. Expected a model of 'train --store'.");
}
