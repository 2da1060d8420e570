using System.CommandLine;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Models;

/// <summary><c>leadpredict models</c>: what is published, and which versions answer.</summary>
internal static class ModelsCommand
{
    public static Command Create(ConsoleHost host)
    {
        Option<string> models = SharedOptions.Models();
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("models", "List the published models and their aliases.") { models, json };
        command.Run(host, (parsed, _) =>
        {
            ModelRepository repository = new(parsed.GetValue(models)!);
            IReadOnlyList<ModelVersionSummary> versions = repository.List();
            if (parsed.GetValue(json))
            {
                host.WriteJson(new { models = versions });
            }
            else if (versions.Count == 0)
            {
                host.Out.WriteLine($"No models in {repository.Root}; 'leadpredict train' publishes one.");
            }
            else
            {
                Print(host, versions);
            }

            return Task.CompletedTask;
        });
        return command;
    }

    private static void Print(ConsoleHost host, IReadOnlyList<ModelVersionSummary> versions)
    {
        int width = Math.Max("model".Length, versions.Max(version => version.Name.Length));
        host.Out.WriteLine($"{"model".PadRight(width)}  {"version",7}  {"alias",-10}  {"kind",-6}  hash");
        foreach (ModelVersionSummary version in versions)
        {
            string alias = (version.IsChampion, version.IsChallenger) switch
            {
                (true, _) => "champion",
                (_, true) => "challenger",
                _ => "",
            };
            host.Out.WriteLine(FormattableString.Invariant(
                $"{version.Name.PadRight(width)}  {version.Version,7}  {alias,-10}  {version.Kind?.ToString() ?? "?",-6}  {version.Hash?[..12] ?? "damaged"}"));
        }

        foreach (ModelVersionSummary damaged in versions.Where(version => version.Fault is not null))
        {
            host.Error.WriteLine(damaged.Fault);
        }
    }
}
