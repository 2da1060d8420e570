using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Storage;
using LeadPredict.Storage.Measures;

namespace LeadPredict.Api.Boards;

/// <summary>Has the database measure the funnel, then reads the history once, account by account, and scores: a <see cref="Board"/> and its call list.</summary>
public static class BoardPass
{
    private const int ReasonsShown = 3;
    private static readonly TimeSpan Past = TimeSpan.FromDays(7);

    /// <summary>Makes the board.</summary>
    /// <param name="store">The history.</param>
    /// <param name="definitions">What marketing and sales agreed on over time.</param>
    /// <param name="engine">An engine over a funnel model, used by this call alone; null leaves scores out, and the history unread.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="calls">Whether to score the open leads; without, the funnel alone is measured.</param>
    /// <param name="measured">Gets the funnel without score bands as soon as it is measured, long before all is scored; or null.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<LookedAt> MakeAsync(
        IHistoryStore store, HandOffTimeline definitions, PredictionEngine? engine, DateTimeOffset now, bool calls = true, Action<FunnelReport>? measured = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        DateTimeOffset observedUntil = (await store.SummarizeAsync(ct)).LastRecordedAt is { } last ? last.AddMicroseconds(1) : now;
        bool isPast = now - observedUntil > Past;
        DateTimeOffset asOf = isPast ? observedUntil : now;
        FunnelDefinition funnel = await store.GetFunnelAsync(ct) ?? engine?.Model.Funnel ?? FunnelDefinition.Default;
        var question = new FunnelQuestion(funnel, definitions, observedUntil);
        FunnelReport report = await FunnelFigures.OfAsync(store, question, ct);
        measured?.Invoke(report);
        if (engine is null)
        {
            return new(new() { AsOf = asOf, IsPast = isPast, Funnel = report }, []);
        }

        var starts = new StartScores(engine);
        var bands = new ScoreBands(question, engine, starts);
        var deals = new DealSizes();
        InputTally? inputs = InputTally.For(engine.Model, observedUntil);
        DecidedTally? decided = calls ? new(engine, engine.Model.Funnel!, observedUntil, starts, inputs) : null;
        List<CallRow> rows = [];
        await foreach (AccountHistory account in store.ReadAccountsAsync(ct))
        {
            foreach (LeadHistory lead in account.Leads)
            {
                bands.Add(account, lead);
                deals.Add(SizeOf(lead), lead.Outcomes);
                decided?.Add(account, lead);
                if (calls && RowOf(engine, definitions, account, lead, asOf) is { } row)
                {
                    rows.Add(row);
                }
            }
        }

        DecidedLeads? told = decided?.Report();
        DealWorth? worth = deals.Expected();
        CallRow[] priced = [.. rows.Select(row => row.WorthBy(worth))];
        Board board = new()
        {
            AsOf = asOf,
            IsPast = isPast,
            Model = new(engine.Model.Name, engine.Model.Version, engine.Model.Hash),
            Funnel = bands.On(report),
            Facets = CallFacets.Of(priced),
            Inputs = decided is null ? null : inputs?.Report(),
            Promises = told is null ? null : KeptPromises.Of(told),
            Rules = told is not null && engine.Compiled.Scorecard is { } card ? CardStudy.Of(card.Definition, told) : null,
            Deals = worth,
        };
        return new(board, priced);
    }

    /// <summary>A lead's row, or null when it is not for the call list; its worth is not told yet.</summary>
    internal static CallRow? RowOf(
        PredictionEngine engine, HandOffTimeline definitions, AccountHistory account, LeadHistory lead, DateTimeOffset asOf)
    {
        if (lead.Lead.CreatedAt >= asOf || lead.Lead.RecordedAt >= asOf || ProfilingObjection.IsRaised(lead))
        {
            return null;
        }

        Snapshot snapshot = Snapshot.Take(account, lead, asOf);
        if (snapshot.Stage is < Stage.MarketingQualified or > Stage.Opportunity)
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
            Size = SizeOf(lead),
            Stage = snapshot.Stage,
            StageSince = snapshot.StageSince,
            Probability = new(chance.Value, chance.Low, chance.High),
            Score = score.Score,
            Grade = score.Grade,
            Points = score.Scorecard?.Points,
            RulesGrade = score.Scorecard?.Grade,
            Agreement = score.Agreement,
            Next = score.Next,
            Why = [.. score.Reasons.Where(reason => reason.Feature != ScoreReason.AllOthers).Take(ReasonsShown).Select(reason => reason.Text)],
            CallDue = CallDue(snapshot, definitions),
        };
    }

    private static string SizeOf(LeadHistory lead) => SegmentNames.Of(
        lead.Attributes.LastOrDefault(change => string.Equals(change.Name, "employees", StringComparison.OrdinalIgnoreCase))?.Value ?? AttributeValue.Missing);

    private static DateTimeOffset? CallDue(Snapshot snapshot, HandOffTimeline definitions) =>
        snapshot.Stage == Stage.MarketingQualified
        && definitions.InForceAt(snapshot.StageSince).FirstCallHours is { } hours
        && !snapshot.Touches.Any(touch => touch.Type is "call" or "meeting" && touch.OccurredAt >= snapshot.StageSince)
            ? snapshot.StageSince.AddHours(hours)
            : null;
}
