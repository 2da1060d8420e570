using System.CommandLine;
using System.Text;
using LeadPredict.Api.Boards;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Rules;
using LeadPredict.Storage;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Outputs;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Scorecards;

/// <summary><c>scorecard learn</c>: a card of few rules and small whole points, learned from what became of leads.</summary>
internal static class LearnCommand
{
    public static Command Create(ConsoleHost host)
    {
        Option<string> store = SharedOptions.Store();
        Option<string?> file = new("--scorecard") { Description = "The scorecard whose conditions may be used; the built-in one when left out." };
        Option<string?> output = new("--out") { Description = "The file to write; the card goes to standard output when left out." };
        Option<bool> all = new("--all")
        {
            Description = "Learn from all decided leads. Left out, the later ones that 'train' judges on are kept unseen, so that 'train --scorecard' with the new card is a fair comparison.",
        };
        Option<bool> json = CommandRunner.JsonOption();
        Command command = new("learn", "Learns a card of at most 12 rules with small whole points, beside the signals of the card it begins from, from what became of leads.") { store, file, output, all, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            string? target = StandardOutput.Named(parsed.GetValue(output));
            if (target is not null)
            {
                StandardOutput.RefuseBesideJson(parsed, json, "--out", target);
                KeptFiles.RefuseToReplace("--out", target, parsed.GetValue(store)!, models: null, parsed.GetValue(file));
            }

            ScorecardDefinition card = ScorecardSource.LoadOrDefault(parsed.GetValue(file));
            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            FunnelDefinition funnel = await history.GetFunnelAsync(cancellation) ?? FunnelDefinition.Default;
            using HistorySpool spool = await history.SpoolAsync(host.Time.GetUtcNow(), cancellation);
            HistoryExamples examples = await HistoryExamples.CollectAsync(spool, funnel, host, cancellation);
            CardStudy study = await StudyAsync(card, spool, examples, parsed.GetValue(all), host, cancellation);
            if (study.Proposed is not { } proposed)
            {
                throw new RefusalException($"Of {study.Decided} decided leads {study.Converted} converted. {study.WhyNone}");
            }

            if (target is not null)
            {
                await AtomicFile.WriteAsync(target, Encoding.UTF8.GetBytes(proposed.Yaml), cancellation);
            }

            if (parsed.GetValue(json))
            {
                host.WriteJson(new { leads = study.Decided, converted = study.Converted, testFrom = examples.TestStart, rules = proposed.RuleCount, yaml = proposed.Yaml });
            }
            else if (target is not null)
            {
                StandardOutput.Beside(target, host).WriteLine($"wrote {target}: {Rules(study)}, learned from what became of {study.Decided} leads at the end, of which {study.Converted} converted, and of more at the first step");
            }
            else
            {
                host.WriteExact(proposed.Yaml);
            }
        });
        return command;
    }

    /// <summary>Signals of the card it began from suggest stages by themselves, and need no points.</summary>
    private static string Rules(CardStudy study)
    {
        int signals = study.Proposed!.RuleCount - study.Proposal!.Rules.Count;
        return $"{study.Proposal.Rules.Count} rules with points{(signals > 0 ? $" and {signals} signals without" : "")}";
    }

    private static async Task<CardStudy> StudyAsync(
        ScorecardDefinition card, HistorySpool spool, HistoryExamples examples, bool all, ConsoleHost host, CancellationToken cancellation)
    {
        // Few leads are decided to the end and more at the first step: both say what leads that convert have in common at the hand-over.
        FunnelDefinition funnel = examples.Funnel;
        TimeSpan whole = funnel.Horizon;
        bool chained = funnel.Links.Count > 1;
        IEnumerable<(int Step, Decided Outcome)> Steps(HistoryRow row) => !row.IsEntry ? [] :
            new[] { (Step: 0, Outcome: funnel.Close is null ? row.Qualified : row.Closed), (Step: 1, Outcome: chained ? row.Qualified : null) }
                .Where(step => step.Outcome is not null).Select(step => (step.Step, step.Outcome!.Value));
        HistoryRow[] rows = [.. (all ? examples.Decided : examples.Train).Where(row => Steps(row).Any())];
        ScorecardRule[] rules = [.. card.Groups.SelectMany(group => group.Rules)];
        var evaluator = new ScorecardEvaluator(card);
        List<DecidedLead> leads = [];
        await SnapshotVisit.ForEachAsync(
            spool,
            rows,
            "reading leads",
            host,
            visits => new List<DecidedLead>(visits),
            (part, row, snapshot, _) =>
            {
                float points = (float)evaluator.Evaluate(snapshot).Points;
                ushort[] hits = [.. Enumerable.Range(0, rules.Length).Where(rule => rules[rule].Holds(snapshot)).Select(rule => (ushort)rule)];
                part.AddRange(Steps(row).Select(step => new DecidedLead(row.AsOf, 0, points, hits, step.Outcome.Converted, row.Group, step.Step)));
            },
            leads.AddRange,
            cancellation);
        return CardStudy.Of(card, new()
        {
            From = funnel.Entry,
            To = funnel.Goal,
            Horizons = chained ? [whole, funnel.Links[0].Horizon] : [whole],
            Rules = [.. rules.Select(rule => rule.Name)],
            Leads = [.. leads.OrderBy(lead => lead.At)],
        });
    }
}
