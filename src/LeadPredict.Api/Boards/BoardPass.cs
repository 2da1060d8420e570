using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;
using LeadPredict.Storage;
using LeadPredict.Storage.Measures;

namespace LeadPredict.Api.Boards;

/// <summary>Has the database measure the funnel, then reads the history once, account by account, and scores what was decided: a <see cref="Board"/>.</summary>
public static class BoardPass
{
    /// <summary>Makes the board.</summary>
    /// <param name="store">The history.</param>
    /// <param name="definitions">What marketing and sales agreed on over time.</param>
    /// <param name="engine">An engine over a funnel model, used by this call alone; null leaves scores out, and the history unread.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="decided">Whether to hold model and rules against what became of leads; without, the funnel alone is told.</param>
    /// <param name="fewestInGroup">How many leads or episodes a group of the funnel must have to be told by name.</param>
    /// <param name="measured">Gets the funnel without score bands as soon as it is measured, long before all is scored; or null.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<Board> MakeAsync(
        IHistoryStore store, HandOffTimeline definitions, PredictionEngine? engine, DateTimeOffset now, bool decided = true, int fewestInGroup = 0, Action<FunnelReport>? measured = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        HistoryEnd end = await HistoryEnd.OfAsync(store, now, ct);
        FunnelDefinition funnel = await store.GetFunnelAsync(ct) ?? engine?.Model.Funnel ?? FunnelDefinition.Default;
        var question = new FunnelQuestion(funnel, definitions, end.ObservedUntil) { FewestInGroup = fewestInGroup };
        FunnelReport report = await FunnelFigures.OfAsync(store, question, ct);
        measured?.Invoke(report);
        var board = new Board { AsOf = end.AsOf, IsPast = end.IsPast, Funnel = report };
        if (engine is null)
        {
            return board;
        }

        var starts = new StartScores(engine);
        var bands = new ScoreBands(question, engine, starts);
        InputTally? inputs = InputTally.For(engine.Model, end.ObservedUntil);
        DecidedTally? tally = decided ? new(engine, engine.Model.Funnel!, end.ObservedUntil, starts, inputs) : null;
        await foreach (AccountHistory account in store.ReadAccountsAsync(ct))
        {
            foreach (LeadHistory lead in account.Leads)
            {
                bands.Add(account, lead);
                tally?.Add(account, lead);
            }
        }

        DecidedLeads? told = tally?.Report();
        return board with
        {
            Model = new(engine.Model.Name, engine.Model.Version, engine.Model.Hash),
            Funnel = bands.On(report),
            Inputs = told is null ? null : inputs?.Report(),
            Promises = told is null ? null : KeptPromises.Of(told),
            Rules = told is not null && engine.Compiled.Scorecard is { } card ? CardStudy.Of(card.Definition, told) : null,
        };
    }
}
