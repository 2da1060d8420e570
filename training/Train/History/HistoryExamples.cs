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

    /// <summary>So many leads tell what the first weeks of episodes do; of more, those of every second account do, or third, and so on: the looks at them would be most of all rows.</summary>
    private const int LeadsForFirstWeeks = 50_000;

    /// <summary>The company's main currency; null when no won deal has an amount.</summary>
    public string? Currency { get; init; }

    /// <summary>What is said of a time in which nothing seems to have been recorded; null where there is none.</summary>
    public string? Quiet { get; init; }

    /// <summary>Leads whose deals ended without a move that says so.</summary>
    public DealsWithoutMove Deals { get; init; } = new();

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
        List<TrainingExample[]> parts = [];
        ExampleCounts counts = ExampleCounts.None;
        var currencies = new CurrencyCount();
        var quiet = new QuietTime();
        var deals = new DealsWithoutMove();
        var builder = new ExampleBuilder(funnel, observedUntil, 1 + ((spool.Leads - 1) / LeadsForFirstWeeks));
        await PartWalk.ForEachAsync(
            spool,
            SpoolTables.Transitions | SpoolTables.Outcomes,
            accounts =>
            {
                List<TrainingExample> examples = [];
                ExampleCounts counts = ExampleCounts.None;
                var currencies = new CurrencyCount();
                var quiet = new QuietTime();
                var deals = new DealsWithoutMove();
                foreach (AccountHistory account in accounts)
                {
                    counts += builder.Build(account, examples);
                    currencies.Add(account.Leads.SelectMany(lead => lead.Outcomes));
                    quiet.Add(account.Leads.SelectMany(lead => lead.Transitions));
                    foreach (LeadHistory lead in account.Leads)
                    {
                        deals.Add(lead);
                    }
                }

                return (Examples: examples.ToArray(), Counts: counts, Currencies: currencies, Quiet: quiet, Deals: deals);
            },
            part =>
            {
                parts.Add(part.Examples);
                counts += part.Counts;
                currencies.Add(part.Currencies);
                quiet.Add(part.Quiet);
                deals.Add(part.Deals);
            },
            cancellation);
        TrainingExample[] examples = Joined(parts);
        host.Progress($"{spool.Leads} leads, {examples.Length} snapshots to learn from");
        WarnOfLate(counts, host);
        ForwardSplit split = Split(examples, observedUntil);
        bool chained = funnel.Links.Count == 2;
        Predicate<int>[] sides = [i => split.Sides[i] == SplitSide.Train, i => split.Sides[i] == SplitSide.Test, i => examples[i].IsMature(observedUntil)];
        int[] groups = GroupNumbers.Of(examples, sides);
        var rows = new HistoryRow[sides.Length][];
        Parallel.For(0, sides.Length, side => rows[side] = HistoryRow.Join(examples, sides[side], chained, groups));
        return new()
        {
            Funnel = funnel,
            ObservedUntil = observedUntil,
            Currency = currencies.Main,
            Quiet = quiet.Warning(observedUntil),
            Deals = deals,
            TestStart = split.TestStart,
            Counts = counts,
            Sides = split.Counts,
            Train = rows[0],
            Test = rows[1],
            Decided = rows[2],
        };
    }

    /// <summary>Nothing is learnt of what nobody could have scored; where that is most of a history, the times of its recording are seldom meant so.</summary>
    private static void WarnOfLate(ExampleCounts counts, ConsoleHost host)
    {
        int late = counts.OverWhenKnown + counts.DecidedWhenKnown + counts.AfterEnd;
        if (late > 0 && 2 * late >= counts.Episodes)
        {
            host.Warn(
                $"{late} of {counts.Episodes} stays in the funnel's stages became known too late to learn from, as recordedAt says: after the lead had left, or with the last rows. "
                + "recordedAt is when a change came to be known; the date of an export or a backfill is no such time: import without it.");
        }
    }

    /// <summary>All in one array; each part is let go once it is there.</summary>
    private static TrainingExample[] Joined(List<TrainingExample[]> parts)
    {
        var all = new TrainingExample[parts.Sum(part => part.Length)];
        int filled = 0;
        for (int part = 0; part < parts.Count; part++)
        {
            parts[part].CopyTo(all, filled);
            filled += parts[part].Length;
            parts[part] = [];
        }

        return all;
    }

    private static ForwardSplit Split(TrainingExample[] examples, DateTimeOffset observedUntil)
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
