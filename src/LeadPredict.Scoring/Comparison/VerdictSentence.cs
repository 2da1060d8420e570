using System.Globalization;
using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Comparison;

/// <summary>One of the two that are compared, as sentences call it.</summary>
/// <param name="Name">Without its article: <c>model</c>.</param>
/// <param name="Wins">What it does when it is better: <c>wins</c> or <c>win</c>.</param>
/// <param name="Was">With its pronoun: <c>it was</c> or <c>they were</c>.</param>
public sealed record Contender(string Name, string Wins = "wins", string Was = "it was")
{
    /// <summary>The model.</summary>
    public static Contender Model { get; } = new("model");

    /// <summary>The scorecard.</summary>
    public static Contender Rules { get; } = new("rules", "win", "they were");
}

/// <summary>Says a verdict so that the person who decides whom to call understands it.</summary>
public static class VerdictSentence
{
    /// <summary>Odds that are surely so many times too high or too low are told.</summary>
    private const double FarOff = 2;

    /// <summary>The verdict on two in a sentence or two.</summary>
    /// <param name="verdict">As <see cref="VerdictRule"/> gives it, where the model is <paramref name="one"/> and the rules are <paramref name="other"/>.</param>
    /// <param name="one">The first.</param>
    /// <param name="other">The other.</param>
    /// <param name="losses">The log loss of each.</param>
    /// <param name="difference">The first minus the other.</param>
    /// <param name="accounts">Of the same leads: <see cref="VerdictRule.AccountsOfEither"/>.</param>
    /// <param name="calls">What it means for the call list, a sentence after a blank, or nothing.</param>
    public static string Of(Verdict verdict, Contender one, Contender other, (Metric One, Metric Other) losses, PairedReport difference, int accounts, string calls = "")
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(difference);
        Metric loss = difference.LogLoss;
        string leads = Text($"{difference.N} later leads, of which {difference.Positives} converted");
        string evidence = Text(
            $"log loss, the error of the predictions, is {losses.One.Value:0.0000} for the {one.Name} and {losses.Other.Value:0.0000} for the {other.Name}; {one.Name} minus {other.Name} is {Signed(loss.Value)}, 95 % interval {Signed(loss.Low)} to {Signed(loss.High)}");
        return verdict switch
        {
            Verdict.ModelWins => Wins(one, other),
            Verdict.RulesWin => Wins(other, one),
            _ when VerdictRule.HasTooFew(difference) =>
                Text($"No difference can be shown: {leads}, are too few to tell the {one.Name} from the {other.Name}; at least {VerdictRule.MinimumOfEither} that converted and {VerdictRule.MinimumOfEither} that did not are needed."),
            _ when accounts < VerdictRule.MinimumOfEither =>
                Text($"No difference can be shown: {leads}, come from too few accounts to tell the {one.Name} from the {other.Name}, {accounts} with one of the two outcomes; at least {VerdictRule.MinimumOfEither} with each are needed."),
            _ when loss.High < 0.0 || loss.Low > 0.0 =>
                $"No difference overall: on {leads}, one gives the better probabilities and the other the better order ({evidence}).{calls}",
            _ =>
                $"No difference: on {leads}, {one.Name} and {other.Name} did equally well as far as can be told ({evidence}, which holds zero).{calls} More closed leads would tell.",
        };

        string Wins(Contender winner, Contender loser) =>
            $"The {winner.Name} {winner.Wins}: on {leads}, {winner.Was} closer to what happened than the {loser.Name}, by more than chance ({evidence}).{calls}";
    }

    /// <summary>The verdict on model and rules, and what it means for somebody who can call one lead in five.</summary>
    internal static string Of(Verdict verdict, EvaluationReport model, EvaluationReport scorecard, PairedReport difference, int accounts)
    {
        Metric points = difference.PrecisionAt20;
        string surely = points.Low > 0.0 || points.High < 0.0 ? "" : ", so at that capacity it may be chance";
        string calls = Text(
            $" Of the 20 % of leads that each would call first, {Percent(model.PrecisionAt20.Value)} converted by the model's list and {Percent(scorecard.PrecisionAt20.Value)} by the rules' ({Percent(model.BaseRate)} of all): a difference of {Points(points.Value)} points, 95 % interval {Points(points.Low)} to {Points(points.High)}{surely}.");
        string advice = verdict == Verdict.RulesWin ? " Keep working by the points." : "";
        return Of(verdict, Contender.Model, Contender.Rules, (model.LogLoss, scorecard.LogLoss), difference, accounts, calls + Levels(model, scorecard) + advice);
    }

    /// <summary>Who promised far too much or too little on the whole: to be better than the other does not make it right.</summary>
    private static string Levels(EvaluationReport model, EvaluationReport scorecard)
    {
        string odds = (IsOff(model), IsOff(scorecard)) switch
        {
            (true, true) => $" Neither's chances can be taken at their word on these leads: the odds are {Times(model)} times what happened by the model, and {Times(scorecard)} times by the rules.",
            (true, false) => $" The model's chances cannot be taken at their word on these leads: its odds are {Times(model)} times what happened.",
            (false, true) => $" The rules' chances cannot be taken at their word on these leads: their odds are {Times(scorecard)} times what happened.",
            _ => "",
        };
        return odds.Length == 0 ? "" : odds + " How many convert has changed since what they were learned from.";

        static bool IsOff(EvaluationReport report) => Math.Exp(-report.CalibrationIntercept.High) > FarOff || Math.Exp(-report.CalibrationIntercept.Low) < 1 / FarOff;
        static string Times(EvaluationReport report) => Math.Exp(-report.CalibrationIntercept.Value).ToString("0.0", CultureInfo.InvariantCulture);
    }

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    private static string Points(double value) => (value * 100.0).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Percent(double value) => (value * 100.0).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
