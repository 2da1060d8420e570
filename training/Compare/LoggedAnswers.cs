using System.Globalization;
using LeadPredict.Storage.Scores;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Compare;

/// <summary>A score that is judged.</summary>
/// <param name="Score">What was said.</param>
/// <param name="Champion">Beside a challenger's score: what the champion said of the same lead at the same instant; else null.</param>
internal sealed record LoggedAnswer(LoggedScore Score, LoggedScore? Champion);

/// <summary>The log's scores that are judged, by lead.</summary>
internal sealed class LoggedAnswers
{
    private const string Champion = "champion";
    private const string Challenger = "challenger";
    private readonly ILookup<string, LoggedAnswer> _ofLead;

    private LoggedAnswers(IReadOnlyList<LoggedAnswer> answers, int logged) =>
        (_ofLead, Logged, Count) = (answers.ToLookup(answer => answer.Score.LeadId, StringComparer.Ordinal), logged, answers.Count);

    /// <summary>Scores of the judged role in the log.</summary>
    public int Logged { get; }

    /// <summary>Those of them that are judged; of a challenger those that the champion gave too.</summary>
    public int Count { get; }

    /// <summary>Reads the log once.</summary>
    /// <exception cref="RefusalException">There is nothing to judge.</exception>
    public static async Task<LoggedAnswers> ReadAsync(LogQuestion question, IScoreLog log, CancellationToken cancellation)
    {
        string role = question.Challenger ? Challenger : Champion;
        List<LoggedScore> given = [];
        Dictionary<(string Lead, DateTimeOffset AsOf), LoggedScore> champions = [];
        await foreach (LoggedScore score in log.OfModelAsync(question.Model.Name, question.Since, cancellation))
        {
            if (score.Role == role)
            {
                given.AddRange(question.Version is null || score.Version == question.Version ? [score] : []);
            }
            else if (question.Challenger && score.Role == Champion)
            {
                champions.TryAdd((score.LeadId, score.AsOf), score);
            }
        }

        if (given.Count == 0)
        {
            throw new RefusalException($"the log holds no scores of {question.Model} as {role}{Since(question)}; 'serve' with a store logs every score it gives{(question.Challenger ? ", and those of the challenger that 'promote --challenger' sets" : "")}");
        }

        LoggedAnswer[] answers =
        [
            .. given.Select(score => new LoggedAnswer(score, champions.GetValueOrDefault((score.LeadId, score.AsOf)))).Where(answer => !question.Challenger || answer.Champion is not null),
        ];
        return answers.Length > 0 ? new(answers, given.Count) : throw new RefusalException(
            $"champion and challenger never scored the same lead at the same instant{Since(question)}, so they cannot be compared: the log holds {given.Count} scores of {question.Model} as challenger and {champions.Count} of the champion. Set the challenger with 'promote --challenger', let 'serve' with a store score leads, and ask again when their horizons are over");
    }

    private static string Since(LogQuestion question) =>
        question.Since > DateTimeOffset.UnixEpoch ? string.Create(CultureInfo.InvariantCulture, $" since {question.Since:yyyy-MM-dd HH:mm} UTC") : "";

    /// <summary>Of a lead, the oldest first.</summary>
    public IEnumerable<LoggedAnswer> Of(string leadId) => _ofLead[leadId];
}
