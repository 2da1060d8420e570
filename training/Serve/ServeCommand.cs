using System.CommandLine;
using LeadPredict.Artifacts.Repository;
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
        var model = new Option<string?>("--model") { Description = "The model that answers and scores stored leads. Default: the first by name that has a champion at the start; say which where there are several." };
        var requireKeys = new Option<bool>("--require-keys") { Description = "Ask for a key on loopback addresses too; on others it is always asked for." };
        var create = new Option<bool>("--create-store") { Description = "Make the store where there is none, to fill it over HTTP." };
        var mapping = new Option<string?>("--ingest-mapping")
        {
            Description = "What foreign events, fields and stages mean (YAML), before the mapping that is shipped (docs/ingest.md). "
                + $"${IngestSettings.SecretVariable}SOURCE sets the secret of a source's signature.",
        };
        var rateLimit = new Option<int>("--rate-limit") { Description = "Requests a second that one caller may send; more are answered 429. 0 sets no limit." };
        var noScoreLog = new Option<bool>("--no-score-log") { Description = "Keep no served scores in the store." };
        var scoreSpool = new Option<string?>("--score-spool")
        {
            Description = "The folder in which served scores wait that come faster than the store takes them. "
                + "Default: beside a SQLite file (FILE.score-spool), for PostgreSQL in the folder for temporary files.",
        };
        var scoreSpoolMegabytes = new Option<int>("--score-spool-mb")
        {
            Description = "How many MB of scores may wait there; beyond it requests wait for the store. 0 lets none wait there.",
            DefaultValueFactory = _ => 4096,
        };
        scoreSpoolMegabytes.AcceptBetween(0, 1_000_000);
        var drain = new Option<int>("--drain-seconds")
        {
            Description = "For how long to go on taking requests when stopped, being not ready, so that a load balancer notices first. 0 to 20.",
        };
        var logFormat = new Option<string>("--log-format") { Description = "How log lines are written: text or json.", DefaultValueFactory = _ => "text" };
        var rescore = new Option<int>("--rescore-hours")
        {
            Description = "How old the score of a stored lead may become before it is scored again. 0 scores none by itself.",
            DefaultValueFactory = _ => 24,
        };
        var keep = new Option<int>("--keep-days")
        {
            Description = "For how many days to keep given scores and delivered events; older ones are removed from the store. 0 keeps them for good. 'compare --from-log' judges scores once their horizon is over.",
        };
        keep.AcceptBetween(0, 36_500);
        var eventsUrl = new Option<string?>("--events-url")
        {
            Description = $"Where to send an event when a lead crosses a threshold or its next step changes. ${EventSettings.SecretVariable} signs, "
                + $"${EventSettings.TokenVariable} is sent as bearer token.",
        };
        var eventsFormat = new Option<string>("--events-format") { Description = "leadpredict, hubspot or dynamics.", DefaultValueFactory = _ => "leadpredict" };
        eventsFormat.AcceptOnlyFromAmong("leadpredict", "hubspot", "dynamics");
        var thresholds = new Option<string>("--events-thresholds") { Description = "Scores whose crossing is an event.", DefaultValueFactory = _ => "50,80" };
        rescore.AcceptBetween(0, 8760);
        logFormat.AcceptOnlyFromAmong("text", "json");
        drain.AcceptBetween(0, 20);
        rateLimit.AcceptBetween(0, 1_000_000);
        var command = new Command(
            "serve",
            $"Serve scores over HTTP. 'leadpredict keys' makes the callers' keys; ${ServiceRun.AdminKeyVariable} sets one more with every scope.")
        {
            urls, store, models, model, requireKeys, rateLimit, noScoreLog, scoreSpool, scoreSpoolMegabytes, drain, logFormat, rescore, keep, eventsUrl, eventsFormat,
            thresholds, create, mapping,
        };
        command.Run(host, (parsed, cancellation) => ServiceRun.RunAsync(
            host,
            new()
            {
                Urls = parsed.GetValue(urls),
                Models = parsed.GetValue(models)!,
                Model = parsed.GetValue(model) is { } name ? ModelName.Check(name) : null,
                RequireKeys = parsed.GetValue(requireKeys),
                RatePerSecond = parsed.GetValue(rateLimit),
                DrainDelay = TimeSpan.FromSeconds(parsed.GetValue(drain)),
                RescoreEvery = TimeSpan.FromHours(parsed.GetValue(rescore)),
                KeepFor = TimeSpan.FromDays(parsed.GetValue(keep)),
                Events = EventSettings.Read(parsed.GetValue(eventsUrl), parsed.GetValue(eventsFormat)!, parsed.GetValue(thresholds)!),
                JsonLogs = parsed.GetValue(logFormat) == "json",
                LogScores = !parsed.GetValue(noScoreLog),
                ScoreSpool = parsed.GetValue(scoreSpool),
                ScoreSpoolBytes = (long)parsed.GetValue(scoreSpoolMegabytes) << 20,
                Ingest = IngestSettings.Read(parsed.GetValue(mapping)),
            },
            parsed.GetValue(store)!,
            parsed.GetValue(create),
            cancellation));
        return command;
    }
}
