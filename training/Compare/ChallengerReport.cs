using System.Globalization;
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
        ChallengerVerdict verdict = VerdictRule.Of(difference, accounts) switch
        {
            Scoring.Comparison.Verdict.ModelWins => ChallengerVerdict.ChallengerWins,
            Scoring.Comparison.Verdict.RulesWin => ChallengerVerdict.ChampionWins,
            _ => ChallengerVerdict.NoDifference,
        };
        return new(difference.N, difference.Positives, verdict, InWords(verdict, challenger.LogLoss, champion.LogLoss, difference, accounts), difference);
    }

    private static string InWords(ChallengerVerdict verdict, Metric challenger, Metric champion, PairedReport difference, int accounts)
    {
        Metric loss = difference.LogLoss;
        string leads = $"{difference.N} later leads, of which {difference.Positives} converted";
        string evidence = FormattableString.Invariant(
            $"log loss, the error of the predictions, is {challenger.Value:0.0000} for the challenger and {champion.Value:0.0000} for the champion; challenger minus champion is {Signed(loss.Value)}, 95 % interval {Signed(loss.Low)} to {Signed(loss.High)}");
        return verdict switch
        {
            ChallengerVerdict.ChallengerWins =>
                $"The challenger wins: on {leads}, it was closer to what happened than the champion, by more than chance ({evidence}).",
            ChallengerVerdict.ChampionWins =>
                $"The champion wins: on {leads}, it was closer to what happened than the challenger, by more than chance ({evidence}).",
            _ when VerdictRule.HasTooFew(difference) =>
                $"No difference can be shown: {leads}, are too few to tell challenger from champion; at least {VerdictRule.MinimumOfEither} that converted and {VerdictRule.MinimumOfEither} that did not are needed.",
            _ when accounts < VerdictRule.MinimumOfEither =>
                $"No difference can be shown: {leads}, come from too few accounts to tell challenger from champion, {accounts} with one of the two outcomes; at least {VerdictRule.MinimumOfEither} with each are needed.",
            _ when loss.High < 0.0 || loss.Low > 0.0 =>
                $"No difference overall: on {leads}, one gives the better probabilities and the other the better order ({evidence}).",
            _ =>
                $"No difference: on {leads}, challenger and champion did equally well as far as can be told ({evidence}, which holds zero). More closed leads would tell.",
        };
    }

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);
}

/// <summary>Challenger against champion on the scores that both gave of the same lead at the same instant.</summary>
/// <param name="Verdict">In a sentence.</param>
/// <param name="Sql">For P(SQL), or null without decided leads.</param>
/// <param name="Close">For P(close), or null without decided leads.</param>
internal sealed record AgainstChampion(string Verdict, ChallengerReport? Sql, ChallengerReport? Close);
