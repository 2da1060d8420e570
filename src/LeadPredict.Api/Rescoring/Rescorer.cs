using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Rescoring;

/// <summary>Scores stored leads anew and keeps the score with what it changed: its row of the log, the challenger's beside it and its events, all or none.</summary>
/// <remarks>Several services may score one lead at once: whoever is overtaken reads and scores again, so each event tells of a change from the score before.</remarks>
internal sealed class Rescorer(LeadPredictApiOptions options, ServedModels models, ChallengerShadow shadow, ChangedLeads changed, LeftOutLeads leftOut)
{
    private const int MostColleagues = 50;
    private const int MostTries = 3;

    /// <summary>Whether it is the service's surroundings that do not let it score now. What else is thrown is a bug.</summary>
    public static bool MayPass(Exception fault) => fault is StorageException or EngineNotReadyException or ProblemException;

    /// <summary>Scores leads as of now. Those that could not be scored for now are noted as changed; one that fails by a bug is left out.</summary>
    /// <param name="leadIds">Leads; unknown ones are passed over.</param>
    /// <param name="withColleagues">Whether to score the leads of their accounts too, and before them: what one of them does counts for all.</param>
    /// <param name="cancellation">Stops between two leads.</param>
    /// <returns>How many were scored.</returns>
    public async Task<int> ScoreAsync(IEnumerable<string> leadIds, bool withColleagues, CancellationToken cancellation)
    {
        var asked = leadIds.ToHashSet(StringComparer.Ordinal);
        HashSet<string> begun = new(asked, StringComparer.Ordinal), done = new(StringComparer.Ordinal);
        int scored = 0;
        try
        {
            foreach (string leadId in asked.Where(lead => !done.Contains(lead)))
            {
                cancellation.ThrowIfCancellationRequested();
                Together together = new([], [leadId]);
                scored += await ScoreOfOneAccountAsync(leadId, account => together = Of(account, leadId), cancellation);
                done.UnionWith(together.All.Prepend(leadId));
            }
        }
        catch (Exception fault) when (MayPass(fault))
        {
            // They are due all the same, when the store or the model is back.
            changed.Note(begun.Except(done));
            throw;
        }

        return scored;

        Together Of(AccountHistory account, string leadId)
        {
            // What came under the name of a merged lead is that of the one that was kept. All that is asked of an account is scored together.
            string meant = account.Find(leadId)?.Lead.Id ?? leadId;
            ILookup<bool, string> leads = account.Leads.Select(lead => lead.Lead.Id).Where(lead => !done.Contains(lead)).ToLookup(lead => lead == meant || asked.Contains(lead));
            var together = new Together(withColleagues ? [.. leads[false].Take(MostColleagues)] : [], [.. leads[true]]);
            begun.UnionWith(together.All);
            return together;
        }
    }

    private async Task<int> ScoreOfOneAccountAsync(string asked, Func<AccountHistory, Together> whichOf, CancellationToken cancellation)
    {
        int scored = 0;
        Together? together = null;
        IReadOnlyList<string> leadIds = [asked];
        for (int tried = 0; tried < MostTries && leadIds.Count > 0; tried++)
        {
            // Before the history: whoever keeps a score from now on overtakes this one, and whoever did before saw no more than is read now.
            var last = new Dictionary<string, LastScore?>(StringComparer.Ordinal);
            foreach (string leadId in leadIds)
            {
                await TryAsync([leadId], async () => last[leadId] = await options.Operations!.LastScores.FindAsync(leadId, cancellation), cancellation);
            }

            AccountHistory? account = null;
            leadIds = [.. leadIds.Where(last.ContainsKey)];
            if (leadIds.Count == 0 || !await TryAsync(leadIds, async () => account = await options.Store!.FindAccountOfLeadAsync(asked, cancellation), cancellation) || account is null)
            {
                // It failed by a bug, or the lead is unknown or was forgotten.
                return scored;
            }

            if (together is null)
            {
                together = whichOf(account);
                if (!together.All.SequenceEqual(leadIds))
                {
                    // All of them are scored of one reading more.
                    (leadIds, tried) = ([.. together.All], tried - 1);
                    continue;
                }
            }

            List<string> overtaken = [];
            foreach (string leadId in leadIds)
            {
                cancellation.ThrowIfCancellationRequested();
                if (account.Find(leadId) is not { } lead || lead.Lead.Id != leadId)
                {
                    continue;
                }

                // The mark of a change stands until all are scored because of it, for whoever comes next if this service ends before that.
                Keeping? kept = overtaken.Count > 0 && together.Asked.Contains(leadId) ? Keeping.Overtaken : null;
                if (kept is null)
                {
                    await TryAsync([leadId], async () => kept = await ScoreAsync(account, lead, last[leadId], cancellation), cancellation);
                }

                switch (kept)
                {
                    case Keeping.Kept:
                        scored++;
                        break;
                    case Keeping.Overtaken:
                        overtaken.Add(leadId);
                        break;
                }
            }

            leadIds = overtaken;
        }

        changed.Note(leadIds);
        return scored;
    }

    /// <summary>Does it; false where it failed by a bug, which must keep no other lead waiting.</summary>
    private async Task<bool> TryAsync(IReadOnlyList<string> leadIds, Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception bug) when (!MayPass(bug) && !cancellation.IsCancellationRequested)
        {
            leftOut.Note(leadIds, bug);
            return false;
        }
    }

    private async Task<Keeping?> ScoreAsync(AccountHistory account, LeadHistory lead, LastScore? last, CancellationToken cancellation)
    {
        DateTimeOffset now = UtcTime.Normalize(options.Time.GetUtcNow());
        DateTimeOffset asOf = ScoringInstant.Of(account, last, now);
        if (!lead.Lead.IsKnownAt(asOf))
        {
            // One that was never scored is due by itself once it is known. With one that was, the clock was set back.
            if (last is not null)
            {
                changed.Note(lead.Lead.Id);
            }

            return null;
        }

        using PredictionEngineLease lease = models.Rent(null);
        ScoreSheet sheet = new LeadScorer(lease.Engine).Fill(account, lead, asOf);
        LeadScore score = sheet.Tell();
        LoggedScore row = GivenScore.RowOf(sheet, GivenScore.Champion, GivenScore.Rescored, now, LoggedDetail.Of(sheet).ToArray());
        if (score.AbstainedBecause is not null)
        {
            // Nobody is told anything of a person who objects to being profiled.
            await options.Operations!.Outbox.WithdrawAsync(score.LeadId, cancellation);
        }

        // What was told before an objection was withdrawn with it: the first score since is a new one's.
        bool lifted = last is not null && ProfilingObjection.WasRaised(lead, last.AsOf, asOf);
        IReadOnlyList<OutboxEvent> events = score.AbstainedBecause is null && options.Events is { } outgoing
            ? outgoing.Of(score, lifted ? null : last, lifted ? asOf : lead.Lead.CreatedAt)
            : [];
        return await options.Operations!.LastScores.KeepAsync(row, last, events, shadow.RowBeside(row, new(account, lead)), lead, cancellation);
    }

    /// <summary>Leads of one account that are scored of one reading.</summary>
    /// <param name="Colleagues">Those who come first.</param>
    /// <param name="Asked">Those whose change, or age, it is that they are scored for.</param>
    private sealed record Together(IReadOnlyList<string> Colleagues, IReadOnlyList<string> Asked)
    {
        public IEnumerable<string> All => Colleagues.Concat(Asked);
    }
}
