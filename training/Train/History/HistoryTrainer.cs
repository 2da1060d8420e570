using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.Leaks;

namespace LeadPredict.Training.Train.History;

/// <summary>
/// History into a model: examples, a split forward in time, the schema of the training side, the leak guard, the chain, and the
/// same later leads judged by model and rules.
/// </summary>
internal sealed class HistoryTrainer(IHistoryStore store, ConsoleHost host)
{
    /// <exception cref="RefusalException">Too little history, or a suspicious attribute that nobody answers for.</exception>
    public async Task<TrainedHistory> TrainAsync(HistoryTrainingOptions options, CancellationToken cancellation)
    {
        FunnelDefinition funnel = Adjust(await store.GetFunnelAsync(cancellation) ?? FunnelDefinition.Default, options);
        HistoryExamples examples = await HistoryExamples.CollectAsync(store, funnel, host, cancellation);
        if (examples.Train.Count == 0)
        {
            throw new RefusalException(
                $"No lead's horizon is over before {examples.TestStart:yyyy-MM-dd}: there is nothing to learn from. Load older history or shorten the horizons.");
        }

        var reader = new HistoryReader(store, host);
        SchemaDraft draft = await reader.LearnSchemaAsync(examples.Train, new SchemaOptions { Drop = options.Drop }, cancellation);
        await reader.ReadAsync([.. examples.Train, .. examples.Test], draft.Schema, options.Scorecard, cancellation);

        host.Progress($"screening {draft.Schema.Features.Count} features for leaks");
        LeakReport leaks = HistoryLeaks.Screen(funnel, draft.Schema, examples.Train)
            .With(await WrittenAfterwards.FindAsync(store, funnel, options.Drop, cancellation));
        leaks.RefuseUnless(options.AcceptLeaks);

        long started = host.Time.GetTimestamp();
        TrainedChain chain = new ChainTrainer(host, funnel, options.Trainer).Train(draft.Schema, examples.Train, cancellation);
        double fitSeconds = host.Time.GetElapsedTime(started).TotalSeconds;

        host.Progress("judging model and rules on later leads");
        HistoryJudgement judgement = HistoryJudgement.Of(funnel, chain, examples, options.Trainer.Seed);
        return new(options, draft, examples, leaks, chain, judgement, fitSeconds);
    }

    private static FunnelDefinition Adjust(FunnelDefinition funnel, HistoryTrainingOptions options)
    {
        Stage[] steps = [funnel.Entry, .. funnel.Links.Select(link => link.To)];
        return FunnelDefinition.Create(
            steps,
            options.QualifyHorizon ?? funnel.Qualify?.Horizon,
            options.CloseHorizon ?? funnel.Close?.Horizon,
            options.From ?? funnel.Start);
    }
}

/// <summary>What history training came to.</summary>
internal sealed record TrainedHistory(
    HistoryTrainingOptions Options,
    SchemaDraft Draft,
    HistoryExamples Examples,
    LeakReport Leaks,
    TrainedChain Chain,
    HistoryJudgement Judgement,
    double FitSeconds);
