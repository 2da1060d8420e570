using LeadPredict.Artifacts;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Training.Compare;

/// <summary>What was said of one question.</summary>
/// <param name="Probability">The model's.</param>
/// <param name="Points">The rules'.</param>
/// <param name="Rules">The probability of the points.</param>
internal sealed record JudgedScore(double Probability, double Points, double Rules);

/// <summary>A score with what its version asks.</summary>
internal sealed record VersionedScore(LoggedScore Score, ModelArtifact Model, FunnelDefinition Funnel, double Points)
{
    /// <summary>What it said of P(SQL), or null where that is not asked.</summary>
    public JudgedScore? Sql => Of(Funnel.Qualify, Score.Sql, Model.ScorecardSqlCurve);

    /// <summary>What it said of P(close), or null where that is not asked.</summary>
    public JudgedScore? Close => Of(Funnel.Close, Score.Close, Model.ScorecardCloseCurve);

    private JudgedScore? Of(FunnelLink? link, double? probability, CalibrationCurve? curve) =>
        link is not null && probability is { } known && curve is not null ? new(known, Points, curve.Probability(Points)) : null;
}

/// <summary>The versions that gave the scores; one that is gone, is no longer the same or has no scorecard is left out.</summary>
internal sealed class LoggedVersions(ModelRepository repository)
{
    private readonly Dictionary<(string, int), ModelArtifact?> _known = [];

    public VersionedScore? Find(LoggedScore score)
    {
        if (!_known.TryGetValue((score.Model, score.Version), out ModelArtifact? model))
        {
            try
            {
                model = repository.Load(score.Model, score.Version);
            }
            catch (ArtifactException)
            {
                model = null;
            }

            _known[(score.Model, score.Version)] = model;
        }

        return score.Points is { } points && model is { Funnel: { } funnel } && model.Hash == score.Hash ? new(score, model, funnel, points) : null;
    }
}
