using System.CommandLine;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Time;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Scorecards;

/// <summary><c>scorecard explain</c>: the rules in plain words, or one lead's points item by item.</summary>
internal static class ExplainCommand
{
    public static Command Create(ConsoleHost host)
    {
        Option<string?> file = new("--scorecard") { Description = "The scorecard, a YAML file; the built-in one when left out." };
        Option<string> store = SharedOptions.Store();
        Option<string?> lead = new("--lead") { Description = "The lead whose points are itemised." };
        Option<string?> asOf = new("--as-of") { Description = "The instant of the decision (2025-06-01 or 2025-06-01T08:00:00Z); now when left out." };
        Option<bool> json = CommandRunner.JsonOption();
        Command command = new("explain", "Tells the rules in plain words, or itemises one lead's points.") { file, store, lead, asOf, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            ScorecardDefinition card = ScorecardSource.LoadOrDefault(parsed.GetValue(file));
            string? leadId = parsed.GetValue(lead);
            if (leadId is null)
            {
                Refuse(parsed.GetValue(asOf) is not null, "--as-of without --lead: it dates the points of one lead, so say --lead ID too");
                RulesReport.Write(host, card, parsed.GetValue(json));
                return;
            }

            DateTimeOffset instant = InstantOptions.ReadPast("--as-of", parsed.GetValue(asOf), UtcTime.Normalize(host.Time.GetUtcNow()));
            Snapshot snapshot = await Look(parsed.GetRequiredValue(store), leadId, instant, cancellation);
            LeadReport.Write(host, card, snapshot, new ScorecardEvaluator(card).Evaluate(snapshot), parsed.GetValue(json));
        });
        return command;
    }

    private static async Task<Snapshot> Look(string store, string leadId, DateTimeOffset asOf, CancellationToken cancellation)
    {
        await using IHistoryStore history = await HistoryStores.OpenAsync(store, create: false, cancellation);
        AccountHistory account = await history.FindAccountOfLeadAsync(leadId, cancellation)
            ?? throw new RefusalException($"--lead {leadId}: no such lead in {HistoryStores.Shown(store)}");
        LeadHistory lead = account.Find(leadId)!;
        Refuse(!lead.Lead.IsKnownAt(asOf),
            $"--as-of {asOf:yyyy-MM-ddTHH:mm:ssZ}: the lead was not known before {lead.Lead.RecordedAt:yyyy-MM-ddTHH:mm:ssZ}");
        return Snapshot.Take(account, lead, asOf);
    }

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new RefusalException(message);
        }
    }
}
