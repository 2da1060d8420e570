using System.Security.Cryptography;
using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Boards;
using LeadPredict.Api.Errors;
using LeadPredict.Api.HandOff;
using LeadPredict.Api.Pages.Calls;
using LeadPredict.Api.Pages.Compare;
using LeadPredict.Api.Pages.Leads;
using LeadPredict.Api.Pages.Models;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Time;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Pool;
using LeadPredict.Storage.Boards;
using LeadPredict.Storage.Errors;

namespace LeadPredict.Api.Handlers;

/// <summary>Gathers what pages show of the store.</summary>
internal sealed class PageHandler(
    LeadPredictApiOptions options, ScoreHandler scores, ServedModels models, ModelHandler modelHandler, BoardKeeper boards, HandOffHandler handOff)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public bool HasStore => options.Store is not null;

    /// <summary>The board, or null while it takes longer than a page may wait.</summary>
    public Task<Board?> BoardAsync(CancellationToken cancellation) => boards.TryGetAsync(Patience, cancellation);

    /// <summary>What goes with the call list, or null while it takes longer than a page may wait.</summary>
    public Task<CallBoard?> CallBoardAsync(CancellationToken cancellation) => boards.Calls.TryGetAsync(Patience, cancellation);

    /// <summary>The funnel, or null while it takes longer than a page may wait.</summary>
    public Task<FunnelReport?> FunnelAsync(CancellationToken cancellation) => boards.TryGetFunnelAsync(Patience, cancellation);

    /// <summary>The definitions over time.</summary>
    public Task<HandOffTimeline> DefinitionsAsync(CancellationToken cancellation) => handOff.DefinitionsAsync(cancellation);

    /// <summary>A page of the call list, with the decisions that may be taken now; of a page past the end, the last.</summary>
    public async Task<CallsView> CallsAsync(CallsQuery query, CallBoard board, CancellationToken cancellation)
    {
        CallTotals totals = await boards.Calls.TotalAsync(query, board, cancellation);
        DateTimeOffset now = options.Time.GetUtcNow();
        var view = new CallsView(query, board, (await DefinitionsAsync(cancellation)).InForceAt(now), now, totals, []);
        int page = Math.Min(query.Page, view.Pages);
        return view with
        {
            Query = query with { Page = page },
            Rows = await boards.Calls.List.ReadAsync(query.Filter, CallOrder.Worth, (page - 1) * CallsView.PageSize, CallsView.PageSize, cancellation),
        };
    }

    /// <summary>A lead as of now, or as of the end of a history that ended a while ago.</summary>
    /// <exception cref="ProblemException">There is no such lead.</exception>
    public async Task<LeadView> LeadAsync(string id, CancellationToken cancellation)
    {
        (AccountHistory account, LeadHistory lead) = await scores.FindAsync(id, cancellation);
        DateTimeOffset now = UtcTime.Normalize(options.Time.GetUtcNow());
        DateTimeOffset asOf = (await CallBoardAsync(cancellation))?.InstantFor(lead, now) ?? now;
        if (!lead.Lead.IsKnownAt(asOf))
        {
            throw new ProblemException(ProblemKind.NotFound, "The lead is dated in the future.");
        }

        HandOffDesk desk = handOff.Desk();
        HandOffTimeline timeline = await desk.DefinitionsAsync(cancellation);
        var view = new LeadView
        {
            Snapshot = Snapshot.Take(account, lead, asOf),
            AsOf = asOf,
            Ahead = LeadViews.AheadOf(lead, asOf),
            Notes = await desk.NotesAsync(lead.Lead.Id, cancellation),
            Definitions = timeline.InForceAt(now),
            Timeline = timeline,
            Colleagues = [.. account.Leads.Where(other => other != lead).Select(other => other.Lead.Id)],
        };
        try
        {
            using PredictionEngineLease lease = models.Rent(null);
            LeadScore score = new LeadScorer(lease.Engine).Score(account, lead, asOf);
            if (score.AbstainedBecause is not null)
            {
                return view with { Score = score };
            }

            return view with
            {
                Score = score,
                Past = LeadViews.PastOf(lease.Engine, account, lead, asOf),
                Change = LeadViews.ChangeOf(lease.Engine, account, lead, asOf),
                Steps = LeadViews.StepsOf(lease.Engine, account, lead, score, asOf),
            };
        }
        catch (Exception none) when (none is ProblemException or EngineNotReadyException)
        {
            return view;
        }
    }

    /// <summary>A comparison with those of its examples that the store has; none without a store, or while it is away.</summary>
    public async Task<CompareView> WithKnownAsync(CompareView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(view);
        string[] examples = [.. view.Report.Disagreement.Quadrants.SelectMany(quadrant => quadrant.Examples).Select(lead => lead.LeadId)];
        try
        {
            return options.Store is null ? view : view with { Known = await options.Store.FindLeadsAsync(examples, cancellation) };
        }
        catch (StorageException)
        {
            return view;
        }
    }

    /// <summary>The models with the champion's promises held against what happened.</summary>
    public async Task<ModelsView> ModelsAsync(CancellationToken cancellation)
    {
        ModelsAnswer list = modelHandler.List();
        Board? board = HasStore ? await BoardAsync(cancellation) : null;
        return new()
        {
            Versions = list.Models,
            Default = list.Default,
            Main = Detail(list, version => version.IsChampion),
            Beside = Detail(list, version => version.IsChallenger && !version.IsChampion) is { } challenger ? [challenger] : [],
            IsBeingRead = HasStore && board is null,
            Promises = board?.Promises,
            Inputs = board?.Inputs,
        };
    }

    /// <summary>Moves an alias as a page's form asks.</summary>
    public async Task<string> PromoteAsync(HttpContext http, string name, int version, CancellationToken cancellation)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new PromotionBody(version), AnswerJson.Options);
        await modelHandler.PromoteAsync(http, name, body, cancellation);
        boards.Invalidate();
        return $"{name}@{version} is the champion.";
    }

    /// <summary>Returns to the champion before.</summary>
    public async Task<string> RollbackAsync(HttpContext http, string name, CancellationToken cancellation)
    {
        ModelAliases aliases = await modelHandler.RollbackAsync(http, name, cancellation);
        boards.Invalidate();
        return $"{name}@{aliases.Champion} is the champion again.";
    }

    /// <summary>Takes the challenger away.</summary>
    public async Task<string> DismissAsync(HttpContext http, string name, int version, CancellationToken cancellation)
    {
        await modelHandler.DismissAsync(http, name, version, cancellation);
        boards.Invalidate();
        return $"{name}@{version} is tried beside the champion no more.";
    }

    private ModelDetail? Detail(ModelsAnswer list, Func<ModelVersionSummary, bool> role)
    {
        if (list.Default is not { } name || list.Models.FirstOrDefault(version => version.Name == name && role(version)) is not { Fault: null } found)
        {
            return null;
        }

        try
        {
            return ModelDetail.Of(models.Repository.Load(found.Name, found.Version), found);
        }
        catch (ArtifactException)
        {
            return null;
        }
    }

    /// <summary>Takes the decision of a page's form.</summary>
    /// <returns>What was decided, in a line.</returns>
    /// <exception cref="HandOffRefusedException">It may not be decided so.</exception>
    /// <exception cref="RequestFaultsException">A field holds something else than it may.</exception>
    public async Task<string> DecideAsync(DecisionDraft draft, string actor, CancellationToken cancellation)
    {
        string[] decision = draft.Decision.Split(':', 2);
        HandOffAction? action = HandOffActions.All.Cast<HandOffAction?>().FirstOrDefault(one => one!.Value.Word() == decision[0]);
        if (action is not { } wanted)
        {
            throw new HandOffRefusedException(HandOffFault.Value, "decision", "none", "one of the list");
        }

        HandOffWish wish = new(wanted, Text(decision.ElementAtOrDefault(1)), TypedNumber.Amount(draft.Amount), Text(draft.Currency)?.ToUpperInvariant());
        HandOffDone done = await handOff.DecideAsync(
            new(
                draft.LeadId,
                wish,
                actor,
                Text(draft.Note) is { } note ? StoredText.Demand("note", note) : null,
                Id: draft.State.Length == 0 ? null : IdOf(draft, actor),
                Seen: Text(draft.State)),
            cancellation);
        string deal = wish.Amount is { } amount ? $", {Figure.Amount(amount, wish.Currency)}" : "";
        return $"{done.LeadId}: {Figure.StageName(done.From)} to {Figure.StageName(done.To)}{deal}, under definitions version {done.DefinitionsVersion}.";
    }

    /// <summary>The same form sent twice by the same caller is one decision.</summary>
    private static string IdOf(DecisionDraft draft, string actor) =>
        "page-" + Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { draft, actor })))[..24];

    private static string? Text(string? text) => text?.Trim() is { Length: > 0 } said ? said : null;
}
