using System.CommandLine;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Models;

/// <summary><c>leadpredict rollback</c>: returns to the champion before, or takes the challenger away.</summary>
internal static class RollbackCommand
{
    public static Command Create(ConsoleHost host)
    {
        Option<string> models = SharedOptions.Models();
        var model = new Option<string>("--model") { Description = "The model's NAME.", Required = true };
        var challenger = new Option<bool>("--challenger") { Description = "Take the challenger away instead; the champion stays." };
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("rollback", "Return a model to its champion before the last promotion, or take its challenger away.") { models, model, challenger, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            ModelRepository repository = new(parsed.GetValue(models)!);
            string name = ModelName.Check(parsed.GetValue(model));
            ModelAliases aliases = parsed.GetValue(challenger) ? await repository.DismissChallengerAsync(name, null, cancellation) : await repository.RollbackAsync(name, cancellation);
            AliasesAnswer.Print(host, name, aliases, parsed.GetValue(json));
        });
        return command;
    }
}
