using System.CommandLine;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Changes;
using LeadPredict.Scoring.Engines;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Explain;

/// <summary><c>leadpredict explain</c>: why a lead's score changed between two instants or two models.</summary>
internal static class ScoreChangeCommand
{
    public static Command Create(ConsoleHost host)
    {
        var lead = new Option<string>("--lead") { Description = "The lead.", Required = true };
        var from = new Option<string>("--from") { Description = "The earlier instant (2025-05-01 or 2025-05-01T08:00:00Z).", Required = true };
        var to = new Option<string?>("--to") { Description = "The later instant. Default: now." };
        var model = new Option<string>("--model")
        {
            Description = "A model: NAME (its champion, or its newest version), NAME@VERSION or NAME@ALIAS.",
            DefaultValueFactory = _ => "leads",
        };
        var against = new Option<string?>("--against") { Description = "Another model or version, which scores the later instant. Default: the same." };
        var models = SharedOptions.Models();
        var store = SharedOptions.Store();
        var json = CommandRunner.JsonOption();
        var command = new Command("explain", "Split a score's difference into what time, the lead, its colleagues and the model did.")
        {
            lead, from, to, model, against, models, store, json,
        };
        command.Run(host, async (parsed, cancellation) =>
        {
            DateTimeOffset earlier = InstantOptions.Read("--from", parsed.GetValue(from)!);
            DateTimeOffset later = parsed.GetValue(to) is { } text ? InstantOptions.Read("--to", text) : UtcTime.Normalize(host.Time.GetUtcNow());
            if (later < earlier)
            {
                throw new RefusalException($"--to {later:yyyy-MM-ddTHH:mm:ssZ} lies before --from {earlier:yyyy-MM-ddTHH:mm:ssZ}; expected it at or after that.");
            }

            var repository = new ModelRepository(parsed.GetValue(models)!);
            var first = new CompiledModel(repository.Load(ModelReference.Parse(parsed.GetValue(model)!)));
            CompiledModel? second = parsed.GetValue(against) is { } other ? new(repository.Load(ModelReference.Parse(other))) : null;
            string id = parsed.GetValue(lead)!;
            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            AccountHistory account = await history.FindAccountOfLeadAsync(id, cancellation)
                ?? throw new RefusalException($"--lead {id}: no such lead in {HistoryStores.Shown(parsed.GetValue(store)!)}");
            LeadHistory one = account.Find(id)!;
            ScoreChange change = new ScoreChangeExplainer(first, second).Explain(account, one, earlier, later);
            if (parsed.GetValue(json))
            {
                host.WriteJson(change);
            }
            else
            {
                ScoreChangeReport.Print(host.Out, change);
            }
        });
        return command;
    }
}
