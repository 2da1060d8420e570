using LeadPredict.Artifacts.Format;
using LeadPredict.Artifacts.Import;
using LeadPredict.Features;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.ExportTable;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.ImportModel;

/// <summary>What <c>import-model</c> onto a history was asked for.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Schema">The description beside the exported table.</param>
/// <param name="Scorecard">The rules to compare with.</param>
/// <param name="Seed">Of the folds and the bootstrap.</param>
internal sealed record HistoryImportOptions(string Name, string Schema, ScorecardDefinition Scorecard, int Seed);

/// <summary>
/// A model learnt from an exported table becomes a model of leads: the same extractor reads its features, the rows of side calibrate fit its
/// calibration and intervals, and rules and model are judged on the rows of side test.
/// </summary>
internal sealed class HistoryImport(IHistoryStore store, ConsoleHost host)
{
    /// <exception cref="RefusalException">The model is not of this table, or the store no longer holds the rows it was made of.</exception>
    public async Task<PublishedModel> PublishAsync(
        ImportSource source, HistoryImportOptions options, string models, CancellationToken cancellation)
    {
        TableDescription table = TableDescription.Read(options.Schema);
        FeatureSchema schema = table.FeatureSchema();
        ScoreModel model = Convert(source.Model, table, schema);
        using HistorySpool spool = await store.SpoolAsync(host.Time.GetUtcNow(), cancellation);
        HistoryExamples examples = await HistoryExamples.CollectAsync(spool, table.Funnel(), host, cancellation);
        TableSides sides = TableSides.Of(examples);
        CheckUnchanged(options.Schema, table, examples, sides);

        Dictionary<HistoryRow, double> raw = await ReadAsync(spool, table, schema, model, examples, sides, options.Scorecard, cancellation);
        CalibratedModel calibrated = Calibrate(model, table, sides.Calibrate, raw, options.Seed);
        QuestionJudgement judgement = QuestionJudgement.Of(
            table.Question.Probability(),
            examples,
            table.Question == TableQuestion.Sql ? row => row.Qualified : row => row.Closed,
            row => calibrated.Model.Probability(raw[row]),
            options.Seed) ?? throw new RefusalException("No later lead's horizon is over: there is nothing to judge the model on.");
        double[] probabilities = [.. sides.Test.Where(row => row.IsEntry).Select(row => calibrated.Model.Probability(raw[row])).Order()];
        var imported = new ImportedHistory(source, options, table, schema, calibrated, judgement, probabilities);
        return await ImportedHistoryPublisher.PublishAsync(models, imported, cancellation);
    }

    /// <summary>Codes of an exported table are the schema's own: 0 is "other" there and here.</summary>
    private static ScoreModel Convert(XgBoostModel model, TableDescription table, FeatureSchema schema)
    {
        IReadOnlyList<FeatureColumn> columns = SchemaColumns.Of(schema);
        Dictionary<string, string> features = table.Columns.ToDictionary(column => column.Name, column => column.Feature, StringComparer.Ordinal);
        return XgBoostConversion.Convert(model, columns, [.. model.Features.Select(Place)]);

        XgBoostColumn Place(XgBoostFeature feature, int index)
        {
            int at = features.TryGetValue(feature.Name, out string? name) ? schema.IndexOf(name) : -1;
            return at >= 0
                ? new(at, columns[at], 0)
                : throw new XgBoostFormatException(
                    model.File, $"/learner/feature_names/{index}", $"'{feature.Name}'", "a feature column of the exported table, which the schema file lists");
        }
    }

    private static CalibratedModel Calibrate(
        ScoreModel model, TableDescription table, IReadOnlyList<HistoryRow> rows, Dictionary<HistoryRow, double> raw, int seed)
    {
        try
        {
            return ScoreCalibrator.Calibrate(
                model,
                [.. rows.Select(row => raw[row])],
                [.. rows.Select(row => table.Question.Label(row)!.Value ? (byte)1 : (byte)0)],
                [.. rows.Select(_ => 1f)],
                [.. rows.Select(row => row.Group)],
                seed);
        }
        catch (InsufficientExamplesException few)
        {
            throw new RefusalException($"Side calibrate is too small: {few.Message}", few);
        }
    }

    /// <summary>Otherwise a row that the model learnt from could be calibrated or tested on.</summary>
    private static void CheckUnchanged(string file, TableDescription table, HistoryExamples examples, TableSides sides)
    {
        IReadOnlyDictionary<string, int> counts = TableDescription.CountsOf(sides);
        if (examples.ObservedUntil != table.ObservedUntil || sides.Fingerprint(table.Question) != table.RowsFingerprint)
        {
            throw new RefusalException(FormattableString.Invariant(
                $"{file} was written of a history until {table.ObservedUntil:O} ({Text(table.Rows)}), and the store now reaches until {examples.ObservedUntil:O} ({Text(counts)}). ")
                + "Rows the model learnt from could be among those that judge it. Import into the store that was exported, or export and learn again.");
        }
    }

    private static string Text(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.Select(side => $"{side.Key} {side.Value}"));

    /// <summary>Raw scores of the rows that calibrate and test, and the points of all entries; features are forgotten at once.</summary>
    private async Task<Dictionary<HistoryRow, double>> ReadAsync(
        HistorySpool spool,
        TableDescription table,
        FeatureSchema schema,
        ScoreModel model,
        HistoryExamples examples,
        TableSides sides,
        ScorecardDefinition scorecard,
        CancellationToken cancellation)
    {
        Dictionary<HistoryRow, double> raw = new(ReferenceEqualityComparer.Instance);
        HashSet<HistoryRow> scored = new(sides.Calibrate.Concat(sides.Test), ReferenceEqualityComparer.Instance);
        HistoryRow[] visited = [.. scored, .. examples.Train.Where(row => row.IsEntry && !scored.Contains(row))];
        var extractor = new FeatureExtractor(schema);
        var evaluator = new ScorecardEvaluator(scorecard);
        await SnapshotVisit.ForEachAsync(
            spool,
            visited,
            $"scoring for {table.Question.Probability()}",
            host,
            _ => (Features: new float[extractor.Count], Scores: new List<(HistoryRow Row, double Raw)>()),
            (part, row, snapshot, _) =>
            {
                if (scored.Contains(row))
                {
                    extractor.Extract(snapshot, part.Features);
                    part.Scores.Add((row, model.RawScore(part.Features)));
                }

                row.Points = row.IsEntry ? evaluator.Evaluate(snapshot).Points : 0;
            },
            part => part.Scores.ForEach(score => raw.Add(score.Row, score.Raw)),
            cancellation);
        return raw;
    }
}
