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
        var rateLimit = new Option<int>("--rate-limit") { Description = "Requests a second that one caller may send; more are answered 429. 0 sets no limit." };
        rateLimit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 1_000_000)
            {
                result.AddError("--rate-limit: expected 0 to 1000000");
            }
        });
        var command = new Command(
            "serve",
            $"Serve scores over HTTP. 'leadpredict keys' makes the callers' keys; ${ServiceRun.AdminKeyVariable} sets one more with every scope.")
        {
            urls, store, models, model, requireKeys, rateLimit, create, mapping,
        };
        command.Run(host, (parsed, cancellation) => ServiceRun.RunAsync(
            host,
            parsed.GetValue(urls)!,
            parsed.GetValue(store)!,
            parsed.GetValue(models)!,
            parsed.GetValue(model),
            parsed.GetValue(requireKeys),
            parsed.GetValue(rateLimit),
            cancellation,
            parsed.GetValue(create),
            IngestSettings.Read(parsed.GetValue(mapping))));
        return command;
    }
}
