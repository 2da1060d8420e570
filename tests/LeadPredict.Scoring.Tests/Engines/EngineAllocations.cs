using System.Diagnostics;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Scoring.Tests.Engines;

public class EngineAllocations
{
    // On a busy machine the compiler takes its time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public void Scoring_InSteadyState_AllocatesNothing()
    {
        using var engine = new PredictionEngine(new ModelRepository(SharedFiles.Repository("models")).Load(ModelReference.Parse("leads")));
        ScorecardEvaluator rules = engine.Compiled.Scorecard!;
        ScorecardTally tally = rules.NewTally();
        double[] contributions = new double[engine.Row.Length];
        AccountHistory[] accounts = [.. RandomHistories.Accounts(30, 9).SelectMany(account => account.Leads)
            .Select(lead => new AccountHistory(null, [new(lead.Lead with { AccountId = null }, lead.Touches, lead.Attributes, lead.Transitions)]))];
        DateTimeOffset asOf = accounts.SelectMany(account => account.Leads[0].Touches).Max(touch => touch.RecordedAt).AddYears(1);
        Snapshot? snapshot = null;
        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (AccountHistory account in accounts)
            {
                snapshot = Snapshot.Take(account, account.Leads[0], asOf, snapshot);
                if (engine.Predict(snapshot).Undecided is { } link)
                {
                    engine.Explain(link, contributions);
                }

                rules.Count(snapshot, tally);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // Code that the runtime has not compiled for good yet may box here and there.
        for (var whole = Stopwatch.StartNew(); Allocated() > 0 && whole.Elapsed < Patience;)
        {
        }

        Allocated().ShouldBe(0);
    }

    [Fact]
    public void Sheets_OfLeadsThatComeAgain_AllocateNothing()
    {
        using var engine = new PredictionEngine(new ModelRepository(SharedFiles.Repository("models")).Load(ModelReference.Parse("leads")));
        var scorer = new LeadScorer(engine);
        DateTimeOffset asOf = DateTimeOffset.UnixEpoch.AddYears(150);
        AccountHistory[] accounts = [.. RandomHistories.Accounts(30, 9).SelectMany(account => account.Leads)
            .Select(lead => new AccountHistory(null, [new(lead.Lead with { AccountId = null }, lead.Touches, lead.Attributes, lead.Transitions)]))
            .Where(account => scorer.Fill(account, account.Leads[0], asOf).Warnings.All(warning => warning.StartsWith("The interval is wide", StringComparison.Ordinal))).Take(5)];
        accounts.ShouldNotBeEmpty();
        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (AccountHistory account in accounts)
            {
                scorer.Fill(account, account.Leads[0], asOf);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // Code that the runtime has not compiled for good yet may box here and there.
        for (var whole = Stopwatch.StartNew(); Allocated() > 0 && whole.Elapsed < Patience;)
        {
        }

        Allocated().ShouldBe(0);
    }
}
