using System.CommandLine;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Comparison;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Compare;

/// <summary><c>leadpredict compare</c>: model and scorecard on the same later leads, as measured when the version was trained.</summary>
internal static class CompareCommand
{
    public static Command Create(ConsoleHost host)
    {
        var models = SharedOptions.Models();
        var model = new Option<string>("--model")
        {
            Description = "A model: NAME (its champion, or its newest version), NAME@VERSION or NAME@ALIAS.",
            DefaultValueFactory = _ => "leads",
        };
        var json = CommandRunner.JsonOption();
        var command = new Command("compare", "Show the model against the scorecard on the same later leads, and which to believe.") { models, model, json };
        command.Run(host, (parsed, _) =>
        {
            ModelArtifact artifact = new ModelRepository(parsed.GetValue(models)!).Load(ModelReference.Parse(parsed.GetValue(model)!));
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

            return Task.CompletedTask;
        });
        return command;
    }

    private static StoredComparison Read(ModelArtifact artifact) => artifact.ComparisonJson is { } text
        ? StoredComparison.Read(text)
        : throw new RefusalException($"{artifact} was learned from a table: there was no scorecard to compare it with. Expected a model of 'train --store'.");
}
