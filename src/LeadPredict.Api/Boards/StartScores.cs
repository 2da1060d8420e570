using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Boards;

/// <summary>A lead at the start of an episode, as the model saw it.</summary>
/// <param name="Snapshot">What was known.</param>
/// <param name="Prediction">What the model said.</param>
/// <param name="Row">The model's inputs.</param>
/// <param name="Grade">A to D, or null where the outcome was known.</param>
internal sealed record StartScore(Snapshot Snapshot, ChainPrediction Prediction, float[] Row, string? Grade);

/// <summary>Scores leads at the starts of their episodes, each once for all that asks. Remembers one account at a time.</summary>
internal sealed class StartScores(PredictionEngine engine)
{
    private readonly Dictionary<(LeadHistory, DateTimeOffset), StartScore> _known = [];
    private AccountHistory? _account;

    public StartScore Of(AccountHistory account, LeadHistory lead, DateTimeOffset at)
    {
        if (account != _account)
        {
            _account = account;
            _known.Clear();
        }

        if (!_known.TryGetValue((lead, at), out StartScore? score))
        {
            var snapshot = Snapshot.Take(account, lead, at);
            ChainPrediction prediction = engine.Predict(snapshot);
            string? grade = prediction.Undecided is null ? null : ScoreGrade.Of(ScorePercentile.Of(engine.Model.ScoreQuantiles, prediction.Final.Value));
            _known.Add((lead, at), score = new(snapshot, prediction, engine.Row.ToArray(), grade));
        }

        return score;
    }
}
