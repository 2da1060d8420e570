using System.CommandLine;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Comparison;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Compare;

/// <summary><c>leadpredict compare</c>: model and scorecard on the same later leads, as measured when the version was trained.</summary>
internal static class CompareCommand
{
    private const int MostDays = 36_500;

    public static Command Create(ConsoleHost host)
    {
        var models = SharedOptions.Models();
        var model = new Option<string>("--model")
        {
            Description = "A model: NAME (its champion, or its newest version), NAME@VERSION or NAME@ALIAS.",
            DefaultValueFactory = _ => "leads",
        };
        var fromLog = new Option<bool>("--from-log")
        {
            Description = "Judge the scores that the service gave by what happened since, instead of showing the figures of training.",
        };
        var challenger = new Option<bool>("--challenger") { Description = "With --from-log: judge the challenger beside the champion, on the scores that both gave of the same lead at the same instant." };
        var since = new Option<int?>("--days") { Description = "With --from-log: only scores of so many days back, from 1." };
        since.AcceptBetween(1, MostDays);
        var store = SharedOptions.Store();
        var json = CommandRunner.JsonOption();
        var command = new Command("compare", "Show the model against the scorecard on the same later leads, and which to believe.")
        {
            models, model, fromLog, challenger, since, store, json,
        };
        command.Run(host, async (parsed, cancellation) =>
        {
            var repository = new ModelRepository(parsed.GetValue(models)!);
            ModelReference reference = ModelReference.Parse(parsed.GetValue(model)!);
            if (parsed.GetValue(fromLog))
            {
                LogQuestion question = new(
                    repository, reference, parsed.GetValue(challenger), parsed.GetValue(since) is { } days ? host.Time.GetUtcNow().AddDays(-days) : DateTimeOffset.UnixEpoch);
                LogComparisonView.Print(host, await LogComparison.OfAsync(question, parsed.GetValue(store)!, host.Time.GetUtcNow(), cancellation), parsed.GetValue(json));
                return;
            }

            parsed.RefuseIgnored("without --from-log the figures of training are shown. Say --from-log too, or leave it out.", challenger, since, store);
            ModelArtifact artifact = repository.Load(reference);
            StoredComparison comparison = Read(artifact);
            if (parsed.GetValue(json))
            {
                host.WriteJson(new
                {
                    model = new { name = artifact.Name, version = artifact.Version, hash = artifact.Hash },
                    verdict = comparison.Verdict,
                    sql = comparison.Sql,
                    close = comparison.Close,
                });
            }
            else
            {
                ComparisonTable.Print(host, artifact.ToString(), comparison);
            }
        });
        return command;
    }

    private static StoredComparison Read(ModelArtifact artifact) => artifact.ComparisonJson is { } text
        ? StoredComparison.Read(text)
        : throw new RefusalException($"{artifact} was learned from a table: there was no scorecard to compare it with. Expected a model of 'train --store'.");
}
