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
/// <param name="Challenger">What the challenger said, beside what the champion answered of the same leads at the same instants.</param>
/// <param name="Since">Scores given at this instant or later.</param>
internal sealed record LogQuestion(ModelRepository Repository, ModelReference Model, bool Challenger, DateTimeOffset Since)
{
    /// <summary>The version that alone is judged, or null.</summary>
    public int? Version { get; } = Model.Version is null && Model.Alias is null ? null : Repository.Resolve(Model);
}

/// <summary>The scores that were given, joined with what happened since.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Logged">Scores in the log, of the challenger where it is judged.</param>
/// <param name="Undecided">First scores of an episode whose horizon is not over.</param>
/// <param name="Comparison">Model against rules; a question without decided leads is null.</param>
internal sealed record LogComparisonResult(string Model, int Logged, UndecidedScores Undecided, StoredComparison Comparison)
{
    /// <summary>The version that alone is judged; null where all are.</summary>
    public int? Version { get; init; }

    /// <summary>The champion beside the challenger that is judged; null where the champion itself is.</summary>
    public ChampionBeside? Beside { get; init; }
}

/// <summary>How many scores are undecided by question. An answer has both probabilities, and so may count in each.</summary>
internal sealed record UndecidedScores(int Sql, int Close)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Sql} of P(SQL) and {Close} of P(close)";
}

/// <summary>The champion on the very rows that its challenger is judged on.</summary>
/// <param name="BothGave">How many scores both gave of the same lead at the same instant.</param>
/// <param name="Champion">The champion against its rules.</param>
/// <param name="Against">The challenger against the champion.</param>
internal sealed record ChampionBeside(int BothGave, StoredComparison Champion, AgainstChampion Against);

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
        LoggedAnswers answers = await LoggedAnswers.ReadAsync(question, operations.Scores, cancellation);
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
                Judge(lead, lead.MergedIds.Append(lead.Lead.Id).SelectMany(answers.Of), versions, observedUntil, group, sql, close);
            }
        }

        ComparisonReport? qualified = sql.Compare(Seed);
        ComparisonReport? closed = close.Compare(Seed);
        var undecided = new UndecidedScores(sql.Undecided, close.Undecided);
        if (qualified is null && closed is null)
        {
            throw new RefusalException(
                $"of {answers.Count} logged scores{(question.Challenger ? " that both gave" : "")} none is decided: {undecided} wait for their horizon, the others are of leads that the store does not have or did not know to be in question then, were asked for afterwards, or are of versions without a scorecard{(question.Challenger ? " or with other horizons than the champion's" : "")}");
        }

        return new(question.Model.Name, answers.Logged, undecided, Stored(qualified, closed))
        {
            Version = question.Version,
            Beside = question.Challenger ? Beside(answers.Count, sql, close, qualified, closed) : null,
        };
    }

    private static ChampionBeside Beside(int bothGave, LogRows sql, LogRows close, ComparisonReport? qualified, ComparisonReport? closed)
    {
        StoredComparison champion = Stored(sql.CompareChampion(Seed), close.CompareChampion(Seed));
        ChallengerReport? onSql = sql.CompareWithChampion(qualified, champion.Sql, Seed);
        ChallengerReport? onClose = close.CompareWithChampion(closed, champion.Close, Seed);
        return new(bothGave, champion, new(Verdict(onSql?.Sentence, onClose?.Sentence), onSql, onClose));
    }

    private static StoredComparison Stored(ComparisonReport? sql, ComparisonReport? close) => new(Verdict(sql?.Sentence, close?.Sentence), sql, close);

    /// <summary>The sentences of the questions that have one; at least one has.</summary>
    private static string Verdict(string? sql, string? close) => sql is null || close is null ? (close ?? sql)! : $"P(close): {close} P(SQL): {sql}";

    private static void Judge(
        LeadHistory lead, IEnumerable<LoggedAnswer> given, LoggedVersions versions, DateTimeOffset observedUntil, int group, LogRows sql, LogRows close)
    {
        // Versions may ask within other horizons: of one episode still the first score counts.
        var judged = new HashSet<(Stage From, Stage To, DateTimeOffset OpenedAt)>();
        foreach (LoggedAnswer answer in given.OrderBy(answer => answer.Score.AsOf))
        {
            VersionedScore? champion = answer.Champion is { } beside ? versions.Find(beside) : null;
            if (versions.Find(answer.Score) is not { } said || (answer.Champion is not null && champion?.Funnel.Links.SequenceEqual(said.Funnel.Links) is not true))
            {
                continue;
            }

            FunnelDefinition funnel = said.Funnel;
            FunnelLink first = funnel.Links[0];
            DateTimeOffset asOf = said.Score.AsOf;
            LinkEpisode? episode = LinkEpisodes.Of(lead.Lead, lead.Transitions, first)
                .FirstOrDefault(episode => Foresaw(said.Score, lead, episode) && (champion is null || Foresaw(champion.Score, lead, episode)));
            if (episode is null || !judged.Add((first.From, first.To, episode.OpenedAt)))
            {
                continue;
            }

            if (said.Sql is { } qualifying && (champion is null || champion.Sql is not null))
            {
                Label? label = Labeler.IsMature(asOf, first.Horizon, observedUntil) ? Labeler.Of(episode, asOf, first.Horizon, observedUntil) : null;
                sql.Add(lead, group, label, qualifying, champion?.Sql);
            }

            if (said.Close is { } closing && (champion is null || champion.Close is not null))
            {
                FunnelLink second = funnel.Close!;
                Label? label = !Labeler.IsMature(asOf, funnel.Horizon, observedUntil) ? null
                    : funnel.Qualify is null
                    ? Labeler.Of(episode, asOf, second.Horizon, observedUntil)
                    : Labeler.OfChain(episode, Next(lead, second, episode), asOf, second.Horizon, observedUntil);
                close.Add(lead, group, label, closing, champion?.Close);
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
}
