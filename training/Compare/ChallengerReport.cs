using LeadPredict.Learning.Evaluation;
using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Training.Compare;

/// <summary>Which of champion and challenger to believe.</summary>
internal enum ChallengerVerdict
{
    NoDifference,
    ChallengerWins,
    ChampionWins,
}

/// <summary>Challenger against champion on the same leads, by the rule that decides between model and rules.</summary>
/// <param name="N">Leads.</param>
/// <param name="Converted">Leads that converted.</param>
/// <param name="Verdict">Which to believe; see <see cref="VerdictRule"/>.</param>
/// <param name="Sentence">The verdict in plain words.</param>
/// <param name="Difference">Challenger minus champion, with paired 95 % intervals.</param>
internal sealed record ChallengerReport(int N, int Converted, ChallengerVerdict Verdict, string Sentence, PairedReport Difference)
{
    public static ChallengerReport Of(EvaluationReport challenger, EvaluationReport champion, PairedReport difference, int accounts)
    {
        Scoring.Comparison.Verdict verdict = VerdictRule.Of(difference, accounts);
        ChallengerVerdict named = verdict switch
        {
            Scoring.Comparison.Verdict.ModelWins => ChallengerVerdict.ChallengerWins,
            Scoring.Comparison.Verdict.RulesWin => ChallengerVerdict.ChampionWins,
            _ => ChallengerVerdict.NoDifference,
        };
        string sentence = VerdictSentence.Of(
            verdict, new("challenger"), new("champion"), (challenger.LogLoss, champion.LogLoss), difference, accounts);
        return new(difference.N, difference.Positives, named, sentence, difference);
    }
}

/// <summary>Challenger against champion on the scores that both gave of the same lead at the same instant.</summary>
/// <param name="Verdict">In a sentence.</param>
/// <param name="Sql">For P(SQL), or null without decided leads.</param>
/// <param name="Close">For P(close), or null without decided leads.</param>
internal sealed record AgainstChampion(string Verdict, ChallengerReport? Sql, ChallengerReport? Close);
