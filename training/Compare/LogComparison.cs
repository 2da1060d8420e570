using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Comparison;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.Scores;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Compare;

/// <summary>Which logged scores are judged.</summary>
/// <param name="Repository">Where the versions are that gave them.</param>
/// <param name="Model">The model; with a version or alias, that version alone.</param>
/// <param name="Challenger">What the challenger said instead of what was answered.</param>
/// <param name="Since">Scores given at this instant or later.</param>
internal sealed record LogQuestion(ModelRepository Repository, ModelReference Model, bool Challenger, DateTimeOffset Since);

/// <summary>The scores that were given, joined with what happened since.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Logged">Scores in the log.</param>
/// <param name="Undecided">First scores of an episode whose horizon is not over.</param>
/// <param name="Comparison">Model against rules; a question without decided leads is null.</param>
internal sealed record LogComparisonResult(string Model, int Logged, int Undecided, StoredComparison Comparison);

/// <summary>
/// Judges logged scores: of each episode of a lead the first score that was given, so that a lead that is scored often does not outvote others.
/// Labels are those of training: converted within the horizon or not; where the horizon is not over yet, what ended early is left out with what did not.
/// </summary>
internal static class LogComparison
{
    private const int Seed = 1;

    // Callers that queue their leads ask for the instant at which one came; who asks later than this asks about the past.
    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    public static async Task<LogComparisonResult> OfAsync(LogQuestion question, string store, DateTimeOffset now, CancellationToken cancellation)
    {
        await using OperationsStore operations = await OperationsStore.OpenAsync(store, create: false, cancellation);
        await using IHistoryStore history = await HistoryStores.OpenAsync(store, create: false, cancellation);
        (Dictionary<string, List<LoggedScore>> scores, int logged) = await ReadAsync(question, operations.Scores, cancellation);
        if (logged == 0)
        {
            throw new RefusalException($"the log holds no scores of {question.Model} as {(question.Challenger ? "challenger" : "champion")} since then; 'serve' with a store logs every score it gives");
        }

        DateTimeOffset observedUntil = await history.FindLastRecordedAsync(now, cancellation) is { } last ? last.AddMicroseconds(1) : now;
        var versions = new LoggedVersions(question.Repository);
        var sql = new LogRows();
        var close = new LogRows();
        int group = 0;
        await foreach (AccountHistory account in history.ReadAccountsAsync(cancellation))
        {
            group++;
            foreach (LeadHistory lead in account.Leads)
            {
                // Scores given under an identifier that was merged into the lead's since are its own.
                LoggedScore[] given = [.. lead.MergedIds.Append(lead.Lead.Id).SelectMany(id => scores.GetValueOrDefault(id) ?? [])];
                Judge(lead, given, versions, observedUntil, group, sql, close);
            }
        }

        ComparisonReport? qualified = sql.Compare(Seed);
        ComparisonReport? closed = close.Compare(Seed);
        if ((closed ?? qualified) is not { } main)
        {
            throw new RefusalException(
                $"of {logged} logged scores none is decided: {sql.Undecided + close.Undecided} wait for their horizon, the others are of leads that the store does not have or did not know to be in question then, were asked for afterwards, or are of versions without a scorecard");
        }

        string verdict = qualified is null || main == qualified ? main.Sentence : $"P(close): {main.Sentence} P(SQL): {qualified.Sentence}";
        return new(question.Model.Name, logged, sql.Undecided + close.Undecided, new(verdict, qualified, closed));
    }

    private static async Task<(Dictionary<string, List<LoggedScore>> Scores, int Logged)> ReadAsync(LogQuestion question, IScoreLog log, CancellationToken cancellation)
    {
        int? version = question.Model.Version is null && question.Model.Alias is null ? null : question.Repository.Resolve(question.Model);
        string role = question.Challenger ? "challenger" : "champion";
        var scores = new Dictionary<string, List<LoggedScore>>(StringComparer.Ordinal);
        int logged = 0;
        await foreach (LoggedScore score in log.OfModelAsync(question.Model.Name, question.Since, cancellation))
        {
            if (score.Role == role && (version is null || score.Version == version))
            {
                logged++;
                (scores.TryGetValue(score.LeadId, out List<LoggedScore>? of) ? of : scores[score.LeadId] = []).Add(score);
            }
        }

        return (scores, logged);
    }

    private static void Judge(
        LeadHistory lead, IReadOnlyList<LoggedScore> given, LoggedVersions versions, DateTimeOffset observedUntil, int group, LogRows sql, LogRows close)
    {
        var judged = new HashSet<LinkEpisode>();
        foreach (LoggedScore score in given.OrderBy(score => score.AsOf))
        {
            if (score.Points is not { } points || versions.Find(score) is not { Funnel: { } funnel } model)
            {
                continue;
            }

            FunnelLink first = funnel.Links[0];
            LinkEpisode? episode = LinkEpisodes.Of(lead.Lead, lead.Transitions, first).FirstOrDefault(episode => Foresaw(score, lead, episode));
            if (episode is not null && judged.Add(episode))
            {
                if (score.Sql is { } p && funnel.Qualify is not null)
                {
                    Label? label = Labeler.IsMature(score.AsOf, first.Horizon, observedUntil) ? Labeler.Of(episode, score.AsOf, first.Horizon, observedUntil) : null;
                    sql.Add(lead, group, label, p, points, model.ScorecardSqlCurve);
                }

                if (score.Close is { } closing && funnel.Close is { } second)
                {
                    Label? label = !Labeler.IsMature(score.AsOf, funnel.Horizon, observedUntil) ? null
                        : funnel.Qualify is null
                        ? Labeler.Of(episode, score.AsOf, second.Horizon, observedUntil)
                        : Labeler.OfChain(episode, Next(lead, second, episode), score.AsOf, second.Horizon, observedUntil);
                    close.Add(lead, group, label, closing, points, model.ScorecardCloseCurve);
                }
            }
        }
    }

    private static LinkEpisode? Next(LeadHistory lead, FunnelLink second, LinkEpisode first) =>
        LinkEpisodes.Of(lead.Lead, lead.Transitions, second).FirstOrDefault(next => next.OpenedAt == first.EndedAt);

    /// <summary>Whether a score was given in the episode, of a lead that was known to be in it; not one that was asked for afterwards about the past.</summary>
    private static bool Foresaw(LoggedScore score, LeadHistory lead, LinkEpisode episode) =>
        score.At <= score.AsOf + Late
        && episode.KnownAt < score.AsOf
        && (episode.EndedAt is not { } end || (score.AsOf <= end && score.At <= end))
        && EpisodeInstants.KnownInside(lead, episode, score.AsOf);

    /// <summary>The versions that gave the scores; one that is gone or is no longer the same is left out.</summary>
    private sealed class LoggedVersions(ModelRepository repository)
    {
        private readonly Dictionary<(string, int), ModelArtifact?> _known = [];

        public ModelArtifact? Find(LoggedScore score)
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

            return model?.Hash == score.Hash ? model : null;
        }
    }
}
