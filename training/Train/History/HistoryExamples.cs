using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Splits;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
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

    /// <summary>The company's main currency; null when no won deal has an amount.</summary>
    public string? Currency { get; init; }

    /// <summary>Streams the store once.</summary>
    /// <exception cref="RefusalException">There is no history, or it is too short to be split.</exception>
    public static async Task<HistoryExamples> CollectAsync(
        IHistoryStore store, FunnelDefinition funnel, ConsoleHost host, CancellationToken cancellation)
    {
        HistorySummary summary = await store.SummarizeAsync(cancellation);
        if (summary.Leads == 0 || summary.LastRecordedAt is not { } last)
        {
            throw new RefusalException("The store holds no leads. Load some with 'leadpredict import', or try 'leadpredict quickstart'.");
        }

        // Half-open: the last recorded row is still before it.
        DateTimeOffset observedUntil = last.AddMicroseconds(1);
        List<TrainingExample> examples = [];
        ExampleCounts counts = ExampleCounts.None;
        var currencies = new CurrencyCount();
        IAsyncEnumerable<AccountHistory> accounts = store.ReadAccountsAsync(cancellation).Select(account =>
        {
            currencies.Add(account.Leads.SelectMany(lead => lead.Outcomes));
            return account;
        });
        await foreach (AccountExamples account in new ExampleBuilder(funnel, observedUntil).BuildAsync(accounts, cancellation))
        {
            examples.AddRange(account.Examples);
            counts += account.Counts;
        }

        host.Progress($"{summary.Leads} leads, {examples.Count} snapshots to learn from");
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
