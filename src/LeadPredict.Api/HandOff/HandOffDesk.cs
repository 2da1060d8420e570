using System.Security.Cryptography;
using System.Text;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Storage;
using LeadPredict.Storage.HandOff;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.HandOff;

/// <summary>What is to be decided about a lead.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Wish">The action with its reason and money.</param>
/// <param name="Actor">Who decides, or null when not said.</param>
/// <param name="Note">What they write about it, at most 2,000 characters; or null.</param>
/// <param name="OccurredAt">When it was decided: not before the lead's last move, not in the future; null for now.</param>
/// <param name="Id">Names the decision, so that sending it again decides nothing again; null makes one up.</param>
/// <param name="Seen">The <see cref="LeadState"/> that was looked at: the decision is refused when the lead stands elsewhere by now; null for any.</param>
public sealed record HandOffOrder(
    string LeadId, HandOffWish Wish, string? Actor = null, string? Note = null, DateTimeOffset? OccurredAt = null, string? Id = null, string? Seen = null);

/// <summary>A decision as it stands.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Id">The decision's transition.</param>
/// <param name="Action">What was decided.</param>
/// <param name="From">The stage left.</param>
/// <param name="To">The stage entered.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Actor">By whom, or null.</param>
/// <param name="Reason">The reason's code, or null.</param>
/// <param name="DefinitionsVersion">Under which version of the definitions.</param>
/// <param name="Repeated">Whether it had been taken before, by the same identifier.</param>
public sealed record HandOffDone(
    string LeadId, string Id, string Action, Stage From, Stage To, DateTimeOffset OccurredAt, string? Actor, string? Reason, int DefinitionsVersion, bool Repeated);

/// <summary>Where leads are accepted, rejected, recycled, reopened and closed: the service and the console decide here alike.</summary>
/// <remarks>Safe to use from several threads. Of two decisions on the same state of a lead one stands and the other is refused.</remarks>
/// <param name="history">The history; a store that <see cref="HistoryStores"/> opened.</param>
/// <param name="time">The clock.</param>
public sealed class HandOffDesk(IHistoryStore history, TimeProvider time)
{
    private const int LongestNote = 2000;
    private readonly IHandOffStore _store = HandOffStores.Of(history);

    /// <summary>The definitions over time: version 0, which ships with LeadPredict, then those adopted.</summary>
    public async Task<HandOffTimeline> DefinitionsAsync(CancellationToken cancellation = default)
    {
        IReadOnlyList<AdoptedDefinitions> adopted = await _store.ReadDefinitionsAsync(cancellation);
        return new(
        [
            HandOffFile.Default,
            .. adopted.Select(state => HandOffFile.Parse(state.Yaml, $"definitions version {state.Version}") is var read && read.From is null
                ? read with { From = state.AdoptedAt }
                : read),
        ]);
    }

    /// <summary>Adopts definitions.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="fileName">What messages call it.</param>
    /// <param name="actor">Who adopts them, or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The definitions, and whether they are new.</returns>
    /// <exception cref="Scorecard.Reading.ScorecardFormatException">The text is not such a file.</exception>
    /// <exception cref="DefinitionsConflictException">The version is taken.</exception>
    public async Task<(HandOffDefinition Definition, bool IsNew)> AdoptAsync(
        string yaml, string fileName, string? actor, CancellationToken cancellation = default)
    {
        HandOffDefinition definition = HandOffFile.Parse(yaml, fileName);
        bool isNew = await _store.AdoptAsync(new(definition.Version, yaml, UtcTime.Normalize(time.GetUtcNow()), actor), cancellation);
        return (definition, isNew);
    }

    /// <summary>Takes a decision.</summary>
    /// <returns>What was decided, or null when the lead is not known.</returns>
    /// <exception cref="HandOffRefusedException">It may not be decided so, or somebody else decided in between; nothing was written.</exception>
    public async Task<HandOffDone?> DecideAsync(HandOffOrder order, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (await history.FindAccountOfLeadAsync(order.LeadId, cancellation) is not { } account)
        {
            return null;
        }

        LeadHistory lead = account.Find(order.LeadId)!;
        order = order with { LeadId = lead.Lead.Id };
        DateTimeOffset now = UtcTime.Normalize(time.GetUtcNow());
        if (order.Id is not null && await RepeatedAsync(order, lead, cancellation) is { } before)
        {
            return before;
        }

        StageTransition[] moves = MovesUntil(now, lead);
        Stage stage = moves.Length == 0 ? Stage.Lead : moves[^1].To;
        if (order.Seen is { } seen && seen != LeadState.Of(stage, Snapshot.StayBegan(moves, lead.Lead.CreatedAt)))
        {
            throw Overtaken();
        }

        // Where the last move is ahead by less than clocks may differ, the decision follows it.
        DateTimeOffset last = moves.Length == 0 ? lead.Lead.CreatedAt : moves[^1].OccurredAt;
        DateTimeOffset latest = last > now && last <= now + LastScore.Skew ? last : now;
        DateTimeOffset at = order.OccurredAt is { } said ? UtcTime.Normalize(said) : latest;
        DemandInstant(order, last, at, latest);
        HandOffDefinition definition = (await DefinitionsAsync(cancellation)).InForceAt(at);
        Stage to = HandOffRules.Decide(order.Wish, definition, stage, HandOffRules.StoodAt(moves));
        string id = order.Id ?? MakeId(order, lead);
        StageDecision decision = new(
            new() { Id = id, LeadId = order.LeadId, To = to, OccurredAt = at, RecordedAt = now, Actor = order.Actor, Reason = order.Wish.Reason },
            OutcomeOf(order, id, at, now),
            new(id, order.Wish.Action.Word(), definition.Version, order.Note));
        if (!await _store.DecideAsync(decision, lead.RecordedTransitions, cancellation))
        {
            // Or the same one, which came twice at once; or its identifier is one of another lead's.
            LeadHistory? after = order.Id is null ? null : (await history.FindAccountOfLeadAsync(order.LeadId, cancellation))?.Find(order.LeadId);
            return after is null ? throw Overtaken()
                : await RepeatedAsync(order, after, cancellation) is { } first ? first
                : throw (after.RecordedTransitions == lead.RecordedTransitions ? Taken() : Overtaken());
        }

        return new(order.LeadId, id, order.Wish.Action.Word(), stage, to, at, order.Actor, order.Wish.Reason, definition.Version, Repeated: false);
    }

    /// <summary>The versions that decisions about a lead were made under, by transition; moves that were not decided here are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, DecisionNote>> NotesAsync(string leadId, CancellationToken cancellation = default) =>
        (await _store.ReadDecisionsAsync(leadId, cancellation)).ToDictionary(note => note.TransitionId, StringComparer.Ordinal);

    private async Task<HandOffDone?> RepeatedAsync(HandOffOrder order, LeadHistory lead, CancellationToken cancellation)
    {
        int index = lead.Transitions.ToList().FindIndex(move => move.Id == order.Id);
        if (index < 0)
        {
            return null;
        }

        StageTransition move = lead.Transitions[index];
        DecisionNote? note = (await NotesAsync(order.LeadId, cancellation)).GetValueOrDefault(move.Id);
        return note is not null && note.Action == order.Wish.Action.Word() && move.Reason == order.Wish.Reason
            ? new(order.LeadId, move.Id, note.Action, index == 0 ? Stage.Lead : lead.Transitions[index - 1].To, move.To, move.OccurredAt, move.Actor, move.Reason, note.DefinitionsVersion, Repeated: true)
            : throw Taken();
    }

    private static HandOffRefusedException Taken() =>
        new(HandOffFault.Overtaken, "id", "the identifier of another decision or deal", "an identifier of its own for each decision");

    private static HandOffRefusedException Overtaken() =>
        new(HandOffFault.Overtaken, "action", "another decision about this lead, taken in between", "a look at the lead as it is now");

    /// <summary>What is planned, or dated ahead by mistake, keeps nobody from deciding today. Of another service's decision it cannot be told within the clocks' skew.</summary>
    private static StageTransition[] MovesUntil(DateTimeOffset now, LeadHistory lead) => [.. lead.Transitions.Where(move => move.KnownAt <= now + LastScore.Skew)];

    private static void DemandInstant(HandOffOrder order, DateTimeOffset last, DateTimeOffset at, DateTimeOffset latest)
    {
        if (at > latest || at < last)
        {
            throw new HandOffRefusedException(
                HandOffFault.Value, "occurredAt", $"{at:yyyy-MM-ddTHH:mm:ssZ}", $"an instant from {last:yyyy-MM-ddTHH:mm:ssZ}, the lead's last move, to {latest:yyyy-MM-ddTHH:mm:ssZ}, now");
        }

        if (order.Note is { Length: > LongestNote })
        {
            throw new HandOffRefusedException(HandOffFault.Value, "note", $"{order.Note.Length} characters", $"at most {LongestNote}");
        }
    }

    private static Outcome? OutcomeOf(HandOffOrder order, string id, DateTimeOffset at, DateTimeOffset now) =>
        order.Wish.Action is HandOffAction.Won or HandOffAction.Lost
            ? new()
            {
                Id = id,
                LeadId = order.LeadId,
                Won = order.Wish.Action == HandOffAction.Won,
                Amount = order.Wish.Amount,
                Currency = order.Wish.Currency,
                OccurredAt = at,
                RecordedAt = now,
            }
            : null;

    /// <summary>The same wish on the same moves of a lead has the same name.</summary>
    private static string MakeId(HandOffOrder order, LeadHistory lead)
    {
        // All of the moves and not how many: a decision is one of them from then on, whatever is merged or parted later, so that its name never comes again.
        string content = $"{order.LeadId}\n{order.Wish.Action.Word()}\n{string.Join('\n', lead.Transitions.Select(move => move.Id))}";
        return "handoff-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..24];
    }
}
