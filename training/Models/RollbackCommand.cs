using System.CommandLine;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Models;

/// <summary><c>leadpredict rollback</c>: returns to the champion before.</summary>
internal static class RollbackCommand
{
    public static Command Create(ConsoleHost host)
    {
        Option<string> models = SharedOptions.Models();
        var model = new Option<string>("--model") { Description = "The model's NAME.", Required = true };
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("rollback", "Return a model to its champion before the last promotion.") { models, model, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            ModelRepository repository = new(parsed.GetValue(models)!);
            string name = ModelName.Check(parsed.GetValue(model));
            AliasesAnswer.Print(host, name, await repository.RollbackAsync(name, cancellation), parsed.GetValue(json));
        });
        return command;
    }
}
