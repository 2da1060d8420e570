using System.CommandLine;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Outputs;

namespace LeadPredict.Training.Score;

/// <summary><c>leadpredict score</c>: a file or the whole store scored by the scorer that the service uses.</summary>
internal static class ScoreCommand
{
    public static Command Create(ConsoleHost host)
    {
        var models = SharedOptions.Models();
        var model = SharedOptions.Model();
        var input = new Option<string?>("--in")
        {
            Description = "A CSV for a table's model, or one score request a line (.ndjson) for a funnel's; - for what comes on standard input. Without it every lead of the store is scored.",
        };
        var output = new Option<string>("--out") { Description = "Where the scores go: .csv or .ndjson, as --in is; of the store either; - for standard output.", Required = true };
        var store = SharedOptions.Store();
        var asOf = new Option<string?>("--as-of") { Description = "For the store: score as of this instant (ISO 8601). Default: now." };
        var resume = new Option<bool>("--resume") { Description = "For a CSV: go on where a run that was stopped or killed left off; same model and input, which must be a file." };
        var json = CommandRunner.JsonOption();
        var command = new Command("score", "Score a CSV, a file of requests, or every lead of the store.")
        {
            models, model, input, output, resume, store, asOf, json,
        };
        command.Run(host, async (parsed, cancellation) =>
        {
            string target = StandardOutput.Named(parsed.GetValue(output)!);
            StandardOutput.RefuseBesideJson(parsed, json, "--out", target);
            string? source = parsed.GetValue(input) is "-" ? StandardInput.Path : parsed.GetValue(input);
            if (source is not null)
            {
                StandardInput.DemandOpen(source);
            }

            ModelArtifact artifact = new ModelRepository(parsed.GetValue(models)!).Load(ModelReference.Parse(parsed.GetValue(model)!));

            // A pipe or a device has no form in its name.
            bool isTable = source is not null && (OutputPlace.Of(source).IsStream ? artifact.Kind == ArtifactKind.Table : !IsLines(source));
            if (source is not null)
            {
                parsed.RefuseIgnored("--in scores a file, not the store. Leave out the one or the other.", store, asOf);
            }

            if (!isTable)
            {
                parsed.RefuseIgnored("only the scoring of a CSV (--in FILE) can go on where it ended. Leave it out.", resume);
            }

            if (source is not null && (isTable ? IsLines(target) : target.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)))
            {
                throw new RefusalException($"--out {target}: expected {(isTable ? ".csv, for a table stays one" : ".ndjson, for requests are answered a line each")}.");
            }

            RefuseCompressed(target);
            KeptFiles.RefuseToReplace("--out", target, parsed.GetValue(store)!, parsed.GetValue(models), source);
            if (!isTable && artifact.Kind == ArtifactKind.Table)
            {
                throw new RefusalException($"{artifact} was learned from a table: it scores the rows of a CSV (--in FILE.csv), not {(source is null ? "the leads of a store" : "requests")}.");
            }

            (long rows, IReadOnlyList<string> warnings) = isTable
                ? await TableScoring.ScoreAsync(artifact, source!, target, parsed.GetValue(resume), host, cancellation)
                : await AtomicFile.WriteAsync(target, stream => source switch
            {
                null => StoreScoring.ScoreAsync(
                    new(artifact), parsed.GetValue(store)!, InstantOptions.ReadPast("--as-of", parsed.GetValue(asOf), host.Time.GetUtcNow()), stream, IsLines(target), host, cancellation),
                var file => RequestScoring.ScoreAsync(new(artifact), file, stream, !OutputPlace.Of(target).IsStream, host, cancellation),
            });
            foreach (string warning in warnings)
            {
                host.Warn(warning);
            }

            if (parsed.GetValue(json))
            {
                host.WriteJson(new { model = new { name = artifact.Name, version = artifact.Version }, rows, @out = target, warnings });
            }
            else
            {
                StandardOutput.Beside(target, host).WriteLine($"scored {rows} rows with {artifact} into {target}");
            }
        });
        return command;
    }

    /// <summary>Refuses an output that would be mistaken for another file.</summary>
    private static void RefuseCompressed(string target)
    {
        if (target.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusalException($"--out {target}: scores are written as they are, not compressed. Leave .gz out, and compress the file afterwards.");
        }
    }

    private static bool IsLines(string path) =>
        path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
}
