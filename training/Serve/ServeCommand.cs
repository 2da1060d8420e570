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
        var requireKeys = new Option<bool>("--require-keys") { Description = "Ask for a key on loopback addresses too; on others it is always asked for." };
        var create = new Option<bool>("--create-store") { Description = "Make the store where there is none, to fill it over HTTP." };
        var mapping = new Option<string?>("--ingest-mapping")
        {
            Description = "What foreign events, fields and stages mean (YAML), before the mapping that is shipped (docs/ingest.md). "
                + $"${IngestSettings.SecretVariable}SOURCE sets the secret of a source's signature.",
        };
        var command = new Command(
            "serve",
            $"Serve scores over HTTP. 'leadpredict keys' makes the callers' keys; ${ServiceRun.AdminKeyVariable} sets one more with every scope.")
        {
            urls, store, models, model, requireKeys, create, mapping,
        };
        command.Run(host, (parsed, cancellation) => ServiceRun.RunAsync(
            host,
            parsed.GetValue(urls)!,
            parsed.GetValue(store)!,
            parsed.GetValue(models)!,
            parsed.GetValue(model),
            parsed.GetValue(requireKeys),
            cancellation,
            parsed.GetValue(create),
            IngestSettings.Read(parsed.GetValue(mapping))));
        return command;
    }
}
