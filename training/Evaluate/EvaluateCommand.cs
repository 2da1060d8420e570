using System.CommandLine;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Features;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Learning.Training;
using LeadPredict.Scoring.Engines;
using LeadPredict.Training.Drift;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Score;
using LeadPredict.Training.Train;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.Evaluate;

/// <summary><c>leadpredict evaluate</c>: how good a table's model is on a labelled CSV.</summary>
internal static class EvaluateCommand
{
    public static Command Create(ConsoleHost host)
    {
        var models = SharedOptions.Models();
        var model = SharedOptions.Model();
        var table = new Option<string>("--table") { Description = "The labelled CSV.", Required = true };
        var label = new Option<string>("--label") { Description = "Its label column.", Required = true };
        var group = RowGroups.Option("the intervals of the figures and the warnings of drift know it.");
        var seed = SharedOptions.Seed();
        var json = CommandRunner.JsonOption();
        var command = new Command("evaluate", "Measure a table's model on a labelled CSV that it was not trained on.")
        {
            models, model, table, label, group, seed, json,
        };
        command.Run(host, (parsed, cancellation) =>
        {
            ModelArtifact artifact = new ModelRepository(parsed.GetValue(models)!).Load(ModelReference.Parse(parsed.GetValue(model)!));
            LabelledTable rows = LabelledTable.Open(parsed.GetValue(table)!, parsed.GetValue(label)!);
            int[]? groups = RowGroups.Read(rows, parsed.GetValue(group), cancellation);
            DriftWatch watch = DriftWatch.For(artifact, groups);
            (double[] probabilities, byte[] labels, UnreadableCells unreadable) = Predict(artifact, rows, watch, cancellation);
            if (labels.Length == 0)
            {
                throw new RefusalException($"{parsed.GetValue(table)} has a header but no rows; expected labelled rows to evaluate on.");
            }

            if (groups?.Distinct().Count() is { } count and < InsufficientExamplesException.Needed)
            {
                throw new RefusalException($"--group {parsed.GetValue(group)}: {parsed.GetValue(table)} has {count} of them, and intervals are drawn from at least {InsufficientExamplesException.Needed}. Leave it out, or evaluate on more rows.");
            }

            IReadOnlyList<string> warnings = [.. unreadable.Warnings(), .. watch.Warnings(labels.Count(label => label == 1) / (double)labels.Length)];
            if (RowOrder.LiesByLabel(labels))
            {
                // Rows of equal probability go to the bins of the calibration error as they lie, and would fill one with those that converted.
                int[] order = [.. Enumerable.Range(0, labels.Length)];
                new Random(parsed.GetValue(seed)).Shuffle(order);
                (probabilities, labels) = ([.. order.Select(row => probabilities[row])], [.. order.Select(row => labels[row])]);
                groups = groups is null ? null : [.. order.Select(row => groups[row])];
            }

            EvaluationReport report = Evaluator.Evaluate(probabilities, labels, groups, parsed.GetValue(seed));
            foreach (string warning in warnings)
            {
                host.Warn(warning);
            }

            if (parsed.GetValue(json))
            {
                host.WriteJson(FigureSummary.Of(report)! with { Model = new(artifact.Name, artifact.Version), Warnings = warnings });
            }
            else
            {
                FigureTable.Print(host, artifact.ToString(), report);
            }

            return Task.CompletedTask;
        });
        return command;
    }

    private static (double[] Probabilities, byte[] Labels, UnreadableCells Unreadable) Predict(ModelArtifact artifact, LabelledTable table, DriftWatch watch, CancellationToken cancellation)
    {
        if (artifact.Kind != ArtifactKind.Table)
        {
            throw new RefusalException($"{artifact} learned from a lead history; it is measured on later leads when it is trained. Expected a model of 'train --table'.");
        }

        using var engine = new PredictionEngine(artifact);
        TableBinding binding = engine.Compiled.Extractor.Bind(table.Header);
        var unreadable = new UnreadableCells(engine.Compiled.Extractor, binding);
        if (ColumnScores.TryScore(table, engine.Compiled.Extractor, artifact.Close!, watch, unreadable, cancellation) is { } scored)
        {
            return (scored.Probabilities, scored.Labels, unreadable);
        }

        List<double> probabilities = [];
        List<byte> labels = [];
        foreach ((bool label, IReadOnlyList<string?> cells) in table.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            probabilities.Add(engine.PredictRow(cells, binding).Final.Value);
            watch.Observe(engine.Row, probabilities[^1]);
            unreadable.Observe(engine.Row, cells);
            labels.Add(label ? (byte)1 : (byte)0);
        }

        return ([.. probabilities], [.. labels], unreadable);
    }
}
