using LeadPredict.Artifacts;
using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.Leaks;

namespace LeadPredict.Training.Train.History;

/// <summary>
/// History into a model: examples, a split forward in time, the schema of the training side, the leak guard, the chain, and the
/// same later leads judged by model and rules; then the same recipe learnt again from all decided episodes, to be served.
/// </summary>
/// <remarks>
/// The judged model stops learning long before the present: at the start of the test, and a horizon before that. The served one knows the
/// latest deals too. The figures are those of the judged one, on leads that it had not seen. The same history, options and seed publish the same bytes.
/// </remarks>
/// <param name="store">The history. It stays the caller's to dispose.</param>
/// <param name="host">Where warnings go, and the clock.</param>
public sealed class HistoryTrainer(IHistoryStore store, ConsoleHost host)
{
    /// <summary>Learns, judges and publishes, as <c>train</c> does. All processors are busy with it, and no champion changes.</summary>
    /// <param name="models">The folder of the models; it need not be there yet.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="cancellation">Stops it; nothing is published then.</param>
    /// <exception cref="RefusalException">Too little history, or a suspicious attribute that nobody answers for.</exception>
    /// <exception cref="Artifacts.Repository.ModelReferenceException">The name is not valid, or its versions were learned from tables.</exception>
    /// <exception cref="Learning.Training.TrainerOptionException">An option is out of range, or no learner has the name.</exception>
    /// <exception cref="Storage.Errors.StorageException">The store cannot be read.</exception>
    public async Task<PublishedModel> PublishAsync(string models, HistoryTrainingOptions options, CancellationToken cancellation = default)
    {
        // Before minutes of learning, not after them.
        new ModelRepository(models).CheckPublishing(options.Name, ArtifactKind.Funnel);
        options.Trainer.Check();
        return await HistoryPublisher.PublishAsync(models, await TrainAsync(options, cancellation), cancellation);
    }

    /// <inheritdoc cref="PublishAsync" path="/exception"/>
    internal async Task<TrainedHistory> TrainAsync(HistoryTrainingOptions options, CancellationToken cancellation)
    {
        FunnelDefinition funnel = Adjust(await store.GetFunnelAsync(cancellation) ?? FunnelDefinition.Default, options);
        host.Progress("reading the history");
        using HistorySpool spool = await store.SpoolAsync(host.Time.GetUtcNow(), cancellation);
        HistoryExamples examples = await HistoryExamples.CollectAsync(spool, funnel, host, cancellation);
        JudgedHistory judged = await JudgeAsync(spool, examples, options, cancellation);
        foreach (HistoryRow row in examples.Train.Concat(examples.Test))
        {
            row.KeepFeatures(null, 0);
        }

        ServedHistory served = await LearnAsync(spool, examples, options, cancellation);
        return new(
            options,
            served.Draft,
            examples,
            judged.Leaks,
            served.Chain,
            judged.Judgement,
            ServedScale.Of(funnel, served.Chain, examples, options.Trainer.Seed),
            (judged.Fitting + served.Fitting).TotalSeconds);
    }

    /// <summary>Learns from the training side and judges that, and the rules, on the later leads.</summary>
    private async Task<JudgedHistory> JudgeAsync(HistorySpool spool, HistoryExamples examples, HistoryTrainingOptions options, CancellationToken cancellation)
    {
        if (examples.Train.Count == 0)
        {
            throw new RefusalException(
                $"No lead's horizon is over before {examples.TestStart:yyyy-MM-dd}: there is nothing to learn from. Load older history or shorten the horizons.");
        }

        SchemaDraft draft = await ReadAsync(spool, examples.Train, [.. examples.Train, .. examples.Test], options, cancellation, Judged(examples), examples.Currency);
        HistoryReader.WarnOfDrops(draft, options.Drop, host);
        host.Progress($"screening {draft.Schema.Features.Count} features for leaks");
        LeakReport leaks = HistoryLeaks.Screen(examples.Funnel, draft.Schema, examples.Train)
            .With(await WrittenAfterwards.FindAsync(spool, examples.Funnel, draft.Schema, options.Drop, cancellation));
        leaks.RefuseUnless(options.AcceptLeaks);

        (TrainedChain chain, TimeSpan fitting) = Fit(draft.Schema, examples.Funnel, examples.Train, options, cancellation);
        host.Progress("judging model and rules on later leads");
        return new(leaks, HistoryJudgement.Of(examples.Funnel, chain, examples, options.Trainer.Seed), fitting);
    }

    /// <summary>Learns what is to be served, from all decided episodes.</summary>
    internal async Task<ServedHistory> LearnAsync(HistorySpool spool, HistoryExamples examples, HistoryTrainingOptions options, CancellationToken cancellation)
    {
        host.Progress("learning again from all decided episodes");
        SchemaDraft draft = await ReadAsync(spool, examples.Decided, examples.Decided, options, cancellation);
        (TrainedChain chain, TimeSpan fitting) = Fit(draft.Schema, examples.Funnel, examples.Decided, options, cancellation);
        return new(draft, chain, fitting);
    }

    private (TrainedChain Chain, TimeSpan Fitting) Fit(
        FeatureSchema schema, FunnelDefinition funnel, IReadOnlyList<HistoryRow> rows, HistoryTrainingOptions options, CancellationToken cancellation)
    {
        long started = host.Time.GetTimestamp();
        TrainedChain chain = new ChainTrainer(host, funnel, options.Trainer).Train(schema, rows, cancellation);
        return (chain, host.Time.GetElapsedTime(started));
    }

    private async Task<SchemaDraft> ReadAsync(
        HistorySpool spool,
        IReadOnlyList<HistoryRow> learn,
        IReadOnlyList<HistoryRow> all,
        HistoryTrainingOptions options,
        CancellationToken cancellation,
        HashSet<HistoryRow>? judged = null,
        string? currency = null)
    {
        var reader = new HistoryReader(spool, host);
        SchemaDraft draft = await reader.LearnSchemaAsync(learn, new SchemaOptions { Drop = options.Drop }, cancellation);
        await reader.ReadAsync(all, draft.Schema, options.Scorecard, cancellation, judged, currency);
        return draft;
    }

    /// <summary>By reference: rows of one lead and instant may stand on several lists.</summary>
    private static HashSet<HistoryRow> Judged(HistoryExamples examples) =>
        new(examples.Test.Where(row => row.IsEntry), ReferenceEqualityComparer.Instance);

    private static FunnelDefinition Adjust(FunnelDefinition funnel, HistoryTrainingOptions options)
    {
        Refuse("--sql-horizon", options.QualifyHorizon, funnel.Qualify, funnel);
        Refuse("--close-horizon", options.CloseHorizon, funnel.Close, funnel);
        Stage[] steps = [funnel.Entry, .. funnel.Links.Select(link => link.To)];
        return FunnelDefinition.Create(
            steps,
            options.QualifyHorizon ?? funnel.Qualify?.Horizon,
            options.CloseHorizon ?? funnel.Close?.Horizon,
            options.From ?? funnel.Start);
    }

    private static void Refuse(string option, TimeSpan? horizon, FunnelLink? link, FunnelDefinition funnel)
    {
        if (horizon is not null && link is null)
        {
            throw new RefusalException($"{option}: the store's funnel, {string.Join(" to ", funnel.Links.Select(one => one.From).Append(funnel.Goal))}, has no such step; leave the option out");
        }
    }
}

/// <summary>What history training came to: the chain to be served, and the judgement of the same recipe on leads it had not seen.</summary>
internal sealed record TrainedHistory(
    HistoryTrainingOptions Options,
    SchemaDraft Draft,
    HistoryExamples Examples,
    LeakReport Leaks,
    TrainedChain Chain,
    HistoryJudgement Judgement,
    ServedScale Scale,
    double FitSeconds);

/// <summary>The recipe on the training side, judged on later leads.</summary>
internal sealed record JudgedHistory(LeakReport Leaks, HistoryJudgement Judgement, TimeSpan Fitting);

/// <summary>What is served, learnt from all decided episodes.</summary>
internal sealed record ServedHistory(SchemaDraft Draft, TrainedChain Chain, TimeSpan Fitting);
