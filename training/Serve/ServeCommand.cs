using System.CommandLine;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Serve;

/// <summary><c>leadpredict serve</c>: the service, until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(ConsoleHost host)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen, several separated by ';'.",
            DefaultValueFactory = _ => ServiceRun.DefaultUrl,
        };
        Option<string> store = SharedOptions.Store();
        Option<string> models = SharedOptions.Models();
        var model = new Option<string?>("--model") { Description = "The model that answers. Default: the first by name that has a champion." };
        var command = new Command(
            "serve", $"Serve scores over HTTP. ${ServiceRun.AdminKeyVariable} sets the key that lets callers promote and roll back.")
        {
            urls, store, models, model,
        };
        command.Run(host, (parsed, cancellation) => ServiceRun.RunAsync(
            host, parsed.GetValue(urls)!, parsed.GetValue(store)!, parsed.GetValue(models)!, parsed.GetValue(model), cancellation));
        return command;
    }
}
