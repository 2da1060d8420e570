using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage;
using LeadPredict.Storage.Boards;

namespace LeadPredict.Api.Boards;

/// <summary>Scores the open leads, and nothing else of the history but the deals that were won: a call list is there long before a <see cref="Board"/>.</summary>
public static class CallPass
{
    private const int ReasonsShown = 3;
    private const string SizeName = "employees";

    /// <summary>Makes the call list.</summary>
    /// <param name="store">The history.</param>
    /// <param name="definitions">What marketing and sales agreed on over time.</param>
    /// <param name="engine">An engine over a funnel model, used by this call alone; null makes an empty list.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<ListedCalls> MakeAsync(
        IHistoryStore store, HandOffTimeline definitions, PredictionEngine? engine, DateTimeOffset now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        HistoryEnd end = await HistoryEnd.OfAsync(store, now, ct);
        var board = new CallBoard { AsOf = end.AsOf, IsPast = end.IsPast };
        if (engine is null)
        {
            return new(board, []);
        }

        var deals = new DealSizes();
        List<CallRow> rows = [];
        await foreach (AccountHistory account in store.ReadAccountsInPlayAsync(now, ct))
        {
            foreach (LeadHistory lead in account.Leads)
            {
                deals.Add(SizeOf(lead, now), [.. lead.Outcomes.Where(deal => Snapshot.Admits(deal, now))]);
                if (RowOf(engine, definitions, account, lead, board.InstantFor(lead, now)) is { } row)
                {
                    rows.Add(row);
                }
            }
        }

        FunnelDefinition funnel = engine.Model.Funnel!;
        DealWorth? worth = funnel.Close is null ? null : deals.Expected();
        CallRow[] priced = [.. rows.Select(row => row.WorthBy(worth))];
        return new(
            board with
            {
                Model = new(engine.Model.Name, engine.Model.Version, engine.Model.Hash),
                Goal = funnel.Goal,
                Facets = CallFacets.Of(priced),
                Deals = worth,
                Capacity = CallCapacity.Of(await BoardStores.Of(store).CountCalledAsync(end.AsOf - CallCapacity.Quarter, end.AsOf, ct)),
            },
            priced);
    }

    /// <summary>A lead's row, or null when it is not for the call list; its worth is not told yet.</summary>
    internal static CallRow? RowOf(
        PredictionEngine engine, HandOffTimeline definitions, AccountHistory account, LeadHistory lead, DateTimeOffset asOf)
    {
        if (!lead.Lead.IsKnownAt(asOf) || ProfilingObjection.IsRaised(lead))
        {
            return null;
        }

        Snapshot snapshot = Snapshot.Take(account, lead, asOf);
        FunnelDefinition funnel = engine.Model.Funnel!;
        if (snapshot.Stage < Stage.MarketingQualified || snapshot.Stage >= funnel.Goal)
        {
            return null;
        }

        LeadScore score = new LeadScorer(engine).Score(account, lead, asOf);
        ProbabilityEstimate chance = score.Probabilities.Close ?? score.Probabilities.Sql!.Value;
        return new()
        {
            LeadId = lead.Lead.Id,
            Account = snapshot.Account?.Name ?? snapshot.Account?.Domain,
            JobTitle = snapshot.Attributes.GetValueOrDefault("jobTitle").Text,
            Source = SegmentNames.Of(lead.Lead.Source),
            Size = SegmentNames.Of(snapshot.Attributes.GetValueOrDefault(SizeName)),
            Stage = snapshot.Stage,
            StageSince = snapshot.StageSince,
            Probability = new(chance.Value, chance.Low, chance.High),
            Assumes = funnel.EntryAhead(snapshot.Stage),
            Score = score.Score!.Value,
            Grade = score.Grade!,
            Points = score.Scorecard?.Points,
            RulesGrade = score.Scorecard?.Grade,
            Agreement = score.Agreement,
            Next = score.Next,
            Why = [.. score.Reasons.Where(reason => reason.Feature != ScoreReason.AllOthers).Take(ReasonsShown).Select(reason => reason.Text)],
            CallDue = CallDue(snapshot, definitions),
        };
    }

    /// <summary>The company's size as it is known at an instant; what lies ahead is not.</summary>
    private static string SizeOf(LeadHistory lead, DateTimeOffset at) => SegmentNames.Of(
        lead.Attributes.LastOrDefault(change => Snapshot.Admits(change, at) && string.Equals(change.Name, SizeName, StringComparison.OrdinalIgnoreCase))?.Value ?? AttributeValue.Missing);

    private static DateTimeOffset? CallDue(Snapshot snapshot, HandOffTimeline definitions) =>
        snapshot.Stage == Stage.MarketingQualified
        && HandOffActions.IsNewMql(snapshot.Transitions.LastOrDefault(move => move.To != snapshot.Stage)?.To ?? Stage.Lead)
        && definitions.InForceAt(snapshot.StageSince).FirstCallHours is { } hours
        && !snapshot.Touches.Any(touch => touch.Type is "call" or "meeting" && touch.OccurredAt >= snapshot.StageSince)
            ? snapshot.StageSince.AddHours(hours)
            : null;
}
