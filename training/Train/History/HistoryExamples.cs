using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Splits;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.History;

/// <summary>The examples of a history, split forward in time and joined into rows.</summary>
internal sealed record HistoryExamples
{
    public required FunnelDefinition Funnel { get; init; }

    /// <summary>The data tells of everything before this instant.</summary>
    public required DateTimeOffset ObservedUntil { get; init; }

    /// <summary>Where the later, held-out leads begin.</summary>
    public required DateTimeOffset TestStart { get; init; }

    public required ExampleCounts Counts { get; init; }

    public required IReadOnlyList<SplitCounts> Sides { get; init; }

    public required IReadOnlyList<HistoryRow> Train { get; init; }

    public required IReadOnlyList<HistoryRow> Test { get; init; }

    /// <summary>Every decided snapshot, whichever side it fell on: what the published model learns from once the recipe has been judged.</summary>
    public required IReadOnlyList<HistoryRow> Decided { get; init; }

    /// <summary>After so many rows it is worth to give memory back.</summary>
    private const int ManyRows = 100_000;

    /// <summary>The company's main currency; null when no won deal has an amount.</summary>
    public string? Currency { get; init; }

    /// <summary>Goes through the stages of all leads.</summary>
    /// <exception cref="RefusalException">There is no history, or it is too short to be split.</exception>
    public static async Task<HistoryExamples> CollectAsync(
        HistorySpool spool, FunnelDefinition funnel, ConsoleHost host, CancellationToken cancellation)
    {
        HistoryExamples collected = await GoThroughAsync(spool, funnel, host, cancellation);
        if (collected.Decided.Count >= ManyRows)
        {
            // What the rows were joined of is garbage, as large as they are; the features that come next are kept elsewhere on the heap.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        return collected;
    }

    private static async Task<HistoryExamples> GoThroughAsync(
        HistorySpool spool, FunnelDefinition funnel, ConsoleHost host, CancellationToken cancellation)
    {
        if (spool.Leads == 0 || spool.LastRecordedAt is not { } last)
        {
            throw new RefusalException("The store holds no leads. Load some with 'leadpredict import', or try 'leadpredict quickstart'.");
        }

        // Half-open: the last recorded row is still before it.
        DateTimeOffset observedUntil = last.AddMicroseconds(1);
        List<TrainingExample> examples = [];
        ExampleCounts counts = ExampleCounts.None;
        var currencies = new CurrencyCount();
        var builder = new ExampleBuilder(funnel, observedUntil);
        await PartWalk.ForEachAsync(
            spool,
            SpoolTables.Transitions | SpoolTables.Outcomes,
            (_, accounts) => accounts.Select(account =>
            {
                AccountExamples of = builder.Build(account);
                return (of.Examples, of.Counts, account.Leads.SelectMany(lead => lead.Outcomes).ToArray());
            }).ToArray(),
            part =>
            {
                foreach ((IReadOnlyList<TrainingExample> built, ExampleCounts counted, Outcome[] outcomes) in part)
                {
                    examples.AddRange(built);
                    counts += counted;
                    currencies.Add(outcomes);
                }
            },
            cancellation);
        host.Progress($"{spool.Leads} leads, {examples.Count} snapshots to learn from");
        ForwardSplit split = Split(examples, observedUntil);
        bool chained = funnel.Links.Count == 2;
        Dictionary<string, int> groups = new(StringComparer.Ordinal);
        return new()
        {
            Funnel = funnel,
            ObservedUntil = observedUntil,
            Currency = currencies.Main,
            TestStart = split.TestStart,
            Counts = counts,
            Sides = split.Counts,
            Train = HistoryRow.Join([.. examples.Where(example => split.SideOf(example) == SplitSide.Train)], chained, groups),
            Test = HistoryRow.Join([.. examples.Where(example => split.SideOf(example) == SplitSide.Test)], chained, groups),
            Decided = HistoryRow.Join([.. examples.Where(example => example.IsMature(observedUntil))], chained, groups),
        };
    }

    private static ForwardSplit Split(List<TrainingExample> examples, DateTimeOffset observedUntil)
    {
        try
        {
            return ForwardSplit.Of(examples, observedUntil);
        }
        catch (SplitNotPossibleException tooShort)
        {
            throw new RefusalException(tooShort.Message, tooShort);
        }
    }
}
