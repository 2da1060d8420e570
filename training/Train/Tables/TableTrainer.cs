using LeadPredict.Artifacts;
using LeadPredict.Features;
using LeadPredict.Features.Profiles;
using LeadPredict.Features.Sources;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Evaluation;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.Leaks;
using LeadPredict.Training.Train.Rows;

namespace LeadPredict.Training.Train.Tables;

/// <summary>
/// Learns from a flat CSV with a label column: a plainly written one in one go, any other in two passes over the file, one for the schema and
/// one for the rows.
/// </summary>
/// <remarks>The same file, options and seed publish the same bytes.</remarks>
/// <param name="host">Where warnings go, and the clock.</param>
public sealed class TableTrainer(ConsoleHost host)
{
    /// <summary>Learns and publishes, as <c>train --table</c> does. All processors are busy with it, and no champion changes.</summary>
    /// <param name="models">The folder of the models; it need not be there yet.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="cancellation">Stops it; nothing is published then.</param>
    /// <exception cref="RefusalException">A column is not there, or a suspicious one has nobody who answers for it.</exception>
    /// <exception cref="Csv.CsvException">The file is no table.</exception>
    /// <exception cref="FeatureSchemaException">No column can be a feature.</exception>
    /// <exception cref="InsufficientExamplesException">Fewer than 20 of either class, or of groups.</exception>
    /// <exception cref="Artifacts.Repository.ModelReferenceException">The name is not valid, or its versions were learned from lead histories.</exception>
    /// <exception cref="TrainerOptionException">An option is out of range, or no learner has the name.</exception>
    public async Task<PublishedModel> PublishAsync(string models, TableTrainingOptions options, CancellationToken cancellation = default)
    {
        // Before minutes of learning, not after them.
        new ModelRepository(models).CheckPublishing(options.Name, ArtifactKind.Table);
        options.Trainer.Check();
        TrainedTable trained = Train(options, cancellation);
        foreach (string doubt in TablePublisher.Doubts(trained))
        {
            host.Warn(doubt);
        }

        return await TablePublisher.PublishAsync(models, options, trained, cancellation);
    }

    private TrainedTable Train(TableTrainingOptions options, CancellationToken cancellation)
    {
        LabelledTable table = LabelledTable.Open(options.Table, options.Label);
        table.CheckNames("--drop", options.Drop);
        table.CheckNames("--accept-leak", options.AcceptLeaks);
        if (options.Group is { } grouped && options.Drop.Contains(grouped, StringComparer.OrdinalIgnoreCase))
        {
            throw new RefusalException($"--drop and --group both name '{grouped}', and the column of --group is no feature anyway. Leave it out of one of them.");
        }

        long opened = host.Time.GetTimestamp();
        var times = RowTimes.Read(table, options.Time, cancellation);
        (SchemaDraft draft, TrainingTable rows) = Read(table, options, times, cancellation);
        double readSeconds = host.Time.GetElapsedTime(opened).TotalSeconds;

        host.Progress($"screening {draft.Schema.Features.Count} features of {rows.RowCount} rows for leaks");
        LeakReport leaks = LeakGuard.Screen(rows, draft.Schema);
        leaks.RefuseUnless(options.AcceptLeaks, options.Group is null ? "A column that says whose rows they are belongs to --group: rows of one value are kept together then." : null);
        List<string> notes = [];
        void Warn(string note)
        {
            host.Warn(note);
            notes.Add(note);
        }

        if (times is not null && draft.Schema.Features.Any(feature => feature.Source is AttributeDate { Part: DatePart.Ordinal }))
        {
            Warn($"dates are not counted from '{times.Column}', which {(times.IsOfDates ? "is left out" : "holds numbers")}: they count as days of the calendar.");
        }

        bool single = Once(options.Trainer).SingleFit;
        if (!single || times is not null)
        {
            rows = RowOrder.Of(rows, table, TellingOrder(table, options, draft.Schema), times, options.Trainer.Seed, Warn, cancellation);
            rows = single ? rows : RepeatedRows.Grouped(rows, Warn);
        }

        // Reading and screening leave much behind that learning has no use for; with large tables it would count twice.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long started = host.Time.GetTimestamp();
        TrainedModel trained = Learners.Trainer().Train(rows, Once(options.Trainer), TrainingReport.To(host), cancellation);
        double[] quantiles = ScoreQuantiles.Of(trained, rows.Features);
        double fitSeconds = host.Time.GetElapsedTime(started).TotalSeconds;
        EvaluationReport? figures = trained.OutOfFoldProbability.Length == 0
            ? null
            : Evaluator.Evaluate(trained.OutOfFoldProbability, rows.Labels, rows.Groups, options.Trainer.Seed);
        return new(table.Label, draft, rows, leaks, notes, trained, figures, quantiles, readSeconds, fitSeconds);
    }

    /// <summary>
    /// With a fixed number of trees and no calibration there is nothing to choose out of fold, so one fit is all: as fast as other boosting
    /// libraries, and like them without figures. 'evaluate' on later rows gives them.
    /// </summary>
    private static TrainerOptions Once(TrainerOptions options) => options with
    {
        SingleFit = options is { Learner: "trees", Trees: not null, Calibration: CalibrationMethod.None },
    };

    /// <summary>The columns that may tell how the file lies: dates, and those that no feature is made of, such as numbers of rows and what the user leaves out.</summary>
    private static int[] TellingOrder(LabelledTable table, TableTrainingOptions options, FeatureSchema schema)
    {
        ILookup<string, FeatureSource> made = schema.Features.ToLookup(feature => feature.Group, feature => feature.Source, StringComparer.OrdinalIgnoreCase);
        return [.. Enumerable.Range(0, table.Header.Count).Where(column =>
            column != table.LabelColumn
            && !string.Equals(table.Header[column], options.Group, StringComparison.OrdinalIgnoreCase)
            && made[table.Header[column]].All(source => source is AttributeDate))];
    }

    private static (SchemaDraft Draft, TrainingTable Rows) Read(LabelledTable table, TableTrainingOptions options, RowTimes? times, CancellationToken cancellation)
    {
        int[]? groups = RowGroups.Read(table, options.Group, cancellation);
        bool isFeature = times is { IsOfDates: true } && !options.Drop.Contains(times.Column, StringComparer.OrdinalIgnoreCase);
        IEnumerable<string?> noFeatures = [table.Label, .. options.Drop, options.Group, isFeature ? null : times?.Column];
        var schema = new SchemaOptions { Drop = [.. noFeatures.OfType<string>()], TimeColumn = isFeature ? times!.Column : null };
        if (ColumnTable.TryRead(table, schema, groups, cancellation) is not { } read)
        {
            SchemaDraft draft = Profile(table, schema, groups, cancellation);
            read = (draft, Extract(table, draft.Schema, cancellation));
        }

        SchemaDraft told = read.Draft with { LeftOut = [.. read.Draft.LeftOut.Select(note => Told(note, options))] };
        return (told, groups is null ? read.Rows : new(read.Rows.Features, read.Rows.Labels, read.Rows.Weights, groups));
    }

    /// <summary>What became no feature since it tells of the rows, not since somebody asked to leave it out.</summary>
    private static SchemaNote Told(SchemaNote note, TableTrainingOptions options) =>
        string.Equals(note.Name, options.Group, StringComparison.OrdinalIgnoreCase) ? note with { Reason = "says whose rows they are (--group)" }
        : string.Equals(note.Name, options.Time, StringComparison.OrdinalIgnoreCase) && !options.Drop.Contains(note.Name, StringComparer.OrdinalIgnoreCase)
            ? note with { Reason = "says when the rows were made (--time)" }
            : note;

    private static SchemaDraft Profile(LabelledTable table, SchemaOptions options, int[]? groups, CancellationToken cancellation)
    {
        var profile = new TableProfile(table.Header, options);
        int row = 0;
        foreach ((_, IReadOnlyList<string?> cells) in table.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            profile.Observe(cells, groups?[row++]);
        }

        return profile.Build();
    }

    private static TrainingTable Extract(LabelledTable table, FeatureSchema schema, CancellationToken cancellation)
    {
        var extractor = new FeatureExtractor(schema);
        TableBinding binding = extractor.Bind(table.Header);
        var rows = new RowCollector(schema);
        float[] row = new float[extractor.Count];
        foreach ((bool label, IReadOnlyList<string?> cells) in table.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            extractor.ExtractRow(cells, binding, row);
            rows.Add(row, label, weight: 1, group: rows.Count);
        }

        return rows.ToTable();
    }
}

/// <summary>What table training came to.</summary>
/// <param name="Label">The label column.</param>
/// <param name="Draft">The schema.</param>
/// <param name="Rows">The training rows.</param>
/// <param name="Leaks">Suspicions that were accepted.</param>
/// <param name="Notes">What was made of the rows, where it is not what the file says: their order, and rows that stand there more than once.</param>
/// <param name="Trained">The model.</param>
/// <param name="Figures">Out of fold, or null where nothing was left out of a fit.</param>
/// <param name="Quantiles">See <see cref="ScoreQuantiles"/>.</param>
/// <param name="ReadSeconds">How long it took to read the file.</param>
/// <param name="FitSeconds">How long everything took that makes the model, reading the file left out.</param>
internal sealed record TrainedTable(
    string Label, SchemaDraft Draft, TrainingTable Rows, LeakReport Leaks, IReadOnlyList<string> Notes, TrainedModel Trained, EvaluationReport? Figures, double[] Quantiles, double ReadSeconds, double FitSeconds);
