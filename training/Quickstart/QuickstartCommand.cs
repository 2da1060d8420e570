using System.CommandLine;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Import.Running;
using LeadPredict.Training.Serve;
using LeadPredict.Training.Train;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Quickstart;

/// <summary><c>leadpredict quickstart</c>: sample history in, model compared and promoted, service up.</summary>
internal static class QuickstartCommand
{
    /// <summary>The quickstart's own store: samples never mix with a company's history.</summary>
    private const string DefaultStore = "sqlite:quickstart.db";

    private const string ModelName = "leads";

    /// <summary>How many samples are looked for in a store.</summary>
    private const int Looks = 20;

    public static Command Create(ConsoleHost host)
    {
        var store = new Option<string>("--store")
        {
            Description = $"Where the sample history goes. Default: {DefaultStore}.",
            DefaultValueFactory = _ => DefaultStore,
        };
        var models = SharedOptions.Models();
        var samples = new Option<string?>("--samples") { Description = "The folder of the sample history. Default: data-samples of the repository." };
        var noServe = new Option<bool>("--no-serve") { Description = "Stop before serving." };
        var urls = new Option<string>("--urls") { Description = "Where to serve.", DefaultValueFactory = _ => ServiceRun.DefaultUrl };
        var json = CommandRunner.JsonOption();
        var command = new Command("quickstart", "Load the sample history, train, compare with the scorecard, promote, score a few leads, serve.")
        {
            store, models, samples, noServe, urls, json,
        };
        command.Run(host, async (parsed, cancellation) =>
        {
            string folder = parsed.GetValue(samples) ?? SampleFolder.Find();
            QuickstartResult result = await RunAsync(host, folder, parsed.GetValue(store)!, parsed.GetValue(models)!, cancellation);
            if (parsed.GetValue(json))
            {
                host.WriteJson(result.Json);
            }
            else
            {
                result.Print(host);
            }

            if (!parsed.GetValue(noServe))
            {
                host.Error.WriteLine("try: " + SampleFolder.CurlLine(parsed.GetValue(urls)!));
                await ServiceRun.RunAsync(
                    host,
                    new() { Urls = parsed.GetValue(urls), Models = parsed.GetValue(models)!, Model = ModelName },
                    parsed.GetValue(store)!,
                    create: false,
                    cancellation);
            }
        });
        return command;
    }

    private static async Task<QuickstartResult> RunAsync(
        ConsoleHost host, string folder, string connection, string models, CancellationToken cancellation)
    {
        host.Progress($"1/5 loading the sample history of {folder}");
        var import = new ImportRun(ImportPlan.Make(folder, null), host);
        import.Check(cancellation);
        await using IHistoryStore store = await HistoryStores.OpenAsync(connection, create: true, cancellation);
        await DemandNoOtherHistoryAsync(store, import, cancellation);
        using (var rejects = new RejectsLog(null))
        {
            await import.WriteAsync(store, rejects, cancellation);
        }

        host.Progress("2/5 training");
        TrainedHistory trained = await new HistoryTrainer(store, host).TrainAsync(new() { Name = ModelName }, cancellation);

        host.Progress("3/5 comparing with the scorecard on later leads and publishing");
        PublishedModel published = await HistoryPublisher.PublishAsync(models, trained, cancellation);

        host.Progress("4/5 promoting");
        await published.PromoteAsync(cancellation);

        host.Progress("5/5 scoring a few open leads");
        return new(published, trained, await SampleScores.TakeAsync(store, published, trained.Examples.ObservedUntil, cancellation));
    }

    /// <summary>Samples must not mix with a company's history. They may be there already, with what was sent since; some may have been merged or forgotten.</summary>
    private static async Task DemandNoOtherHistoryAsync(IHistoryStore store, ImportRun import, CancellationToken cancellation)
    {
        if (!await store.ReadLeadIdsAsync(cancellation).AnyAsync(cancellation))
        {
            return;
        }

        IReadOnlyList<Lead> samples = import.ReadLeads(cancellation);
        foreach (Lead sample in samples.Where((_, i) => i % Math.Max(1, samples.Count / Looks) == 0))
        {
            if ((await store.FindAccountOfLeadAsync(sample.Id, cancellation))?.Find(sample.Id)?.Lead.CreatedAt == UtcTime.Normalize(sample.CreatedAt))
            {
                return;
            }
        }

        throw new RefusalException(
            $"the store holds another history, with which the samples must not be mixed; name one of their own with --store, as {DefaultStore} is, or leave that out");
    }
}
