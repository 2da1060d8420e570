using System.CommandLine;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Models;

/// <summary><c>leadpredict promote</c>: makes a version champion or challenger. A service that watches the folder follows within seconds.</summary>
internal static class PromoteCommand
{
    public static Command Create(ConsoleHost host)
    {
        Option<string> models = SharedOptions.Models();
        var model = new Option<string>("--model") { Description = "NAME@VERSION, or NAME for its newest version.", Required = true };
        var challenger = new Option<bool>("--challenger") { Description = "Make it challenger, not champion." };
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("promote", "Make a version of a model its champion.") { models, model, challenger, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            ModelRepository repository = new(parsed.GetValue(models)!);
            ModelReference reference = ModelReference.Parse(parsed.GetValue(model)!);
            int version = VersionOf(repository, reference);
            ModelAlias alias = parsed.GetValue(challenger) ? ModelAlias.Challenger : ModelAlias.Champion;
            ModelAliases aliases = await repository.PromoteAsync(reference.Name, version, alias, cancellation);
            AliasesAnswer.Print(host, reference.Name, aliases, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>A bare name means the newest version: promoting the champion again would do nothing.</summary>
    private static int VersionOf(ModelRepository repository, ModelReference reference) =>
        reference is { Version: null, Alias: null } && repository.Versions(reference.Name) is [.., var newest]
            ? newest
            : repository.Resolve(reference);
}
