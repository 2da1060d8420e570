using LeadPredict.Api.Boards;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Handlers;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Rescoring;
using LeadPredict.Api.Security;
using LeadPredict.Features.Duplicates;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage;
using LeadPredict.Storage.Merges;
using LeadPredict.Storage.People;

namespace LeadPredict.Api.People;

/// <summary>Objections, forgetting, and what is there twice.</summary>
internal sealed class PeopleHandler(LeadPredictApiOptions options, ScoreHandler scores, BoardKeeper boards, AdminAudit audit, ChangedLeads changed)
{
    private const int MostProposals = 1_000;

    private IHistoryStore Store =>
        options.Store ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store: start it with --store.");

    private DateTimeOffset Now => UtcTime.Normalize(options.Time.GetUtcNow());

    public async Task<ObjectionAnswer> ObjectAsync(string leadId, bool objects, CancellationToken cancellation)
    {
        (_, LeadHistory lead) = await scores.FindAsync(leadId, cancellation);
        DateTimeOffset now = Now;
        await Store.AppendAsync(new() { Attributes = [ProfilingObjection.SaidAt(now, lead, objects)] }, cancellation);
        changed.Note(lead.Lead.Id);
        await boards.DecidedAsync([lead.Lead.Id]);
        return new(leadId, objects, now);
    }

    public Task<Forgotten> ForgetAsync(HttpContext context, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        (string? leadId, string? email) = JsonBody.Read(body, root =>
        {
            Dictionary<string, JsonField> members = root.Members("leadId", "email");
            if (members.Count != 1)
            {
                root.Fault($"{members.Count} of leadId and email", "one of them");
            }

            (string? leadId, string? email) = (Fields.Text(members, "leadId"), Fields.Text(members, "email"));
            if ((leadId ?? email) is { Length: > 0 } text && string.IsNullOrWhiteSpace(text))
            {
                foreach (JsonField given in members.Values)
                {
                    given.Fault("a blank text", "the lead's identifier or the person's address");
                }
            }

            return (leadId, email);
        });

        // Who was forgotten must not stand in the audit.
        return audit.DoAsync(context, "forget", "a person", async () =>
        {
            Forgotten forgotten = await PeopleStores.Of(Store).ForgetAsync(leadId, email, Now, cancellation);
            boards.Forgot();
            return forgotten;
        });
    }

    public Task<Merge> MergeAsync(HttpContext context, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        (MergeKind kind, string keep, string merge, string reason) = JsonBody.Read(body, root =>
        {
            Dictionary<string, JsonField> members = root.Members("kind", "keep", "merge", "reason");
            Fields.Require(root, members, "keep", "merge");
            MergeKind read = MergeKind.Lead;
            if (members.TryGetValue("kind", out JsonField word) && (!Enum.TryParse(word.Text(20), ignoreCase: true, out read) || !Enum.IsDefined(read)))
            {
                word.Fault(word.Found(), "lead, account or attach");
            }

            return (read, Fields.Text(members, "keep") ?? JsonField.NotRead, Fields.Text(members, "merge") ?? JsonField.NotRead, Fields.Text(members, "reason", RequestLimits.TextLength) ?? "");
        });
        return audit.DoAsync(context, "merge", kind.ToString(), async () =>
        {
            Merge done = (await MergeStores.Of(Store).MergeAsync([new(kind, keep, merge, reason)], Now, cancellation))[0];
            boards.Invalidate();
            return done;
        });
    }

    public Task<bool> UndoAsync(HttpContext context, long id, CancellationToken cancellation) => audit.DoAsync(
        context, "undo merge", id.ToString(System.Globalization.CultureInfo.InvariantCulture), async () =>
        {
            bool undone = await MergeStores.Of(Store).UndoAsync(id, Now, cancellation);
            boards.Invalidate();
            return undone;
        });

    public async Task<DuplicatesAnswer> DuplicatesAsync(CancellationToken cancellation)
    {
        IReadOnlyList<DuplicateProposal> found = await DuplicateSearch.RunAsync(Store, cancellation);
        return new([.. found.Take(MostProposals)], found.Count, await MergeStores.Of(Store).ListAsync(cancellation));
    }
}
