using System.Globalization;
using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Scoring.Comparison;

/// <summary>Says a verdict so that the person who decides whom to call understands it.</summary>
internal static class VerdictSentence
{
    public static string Of(Verdict verdict, EvaluationReport model, EvaluationReport scorecard, PairedReport difference, int accounts)
    {
        string leads = Text($"{difference.N} later leads, of which {difference.Positives} converted");
        string evidence = Text(
            $"log loss, the error of the predictions, is {model.LogLoss.Value:0.0000} for the model and {scorecard.LogLoss.Value:0.0000} for the rules; model minus rules is {Signed(difference.LogLoss.Value)}, 95 % interval {Signed(difference.LogLoss.Low)} to {Signed(difference.LogLoss.High)}");
        return verdict switch
        {
            Verdict.ModelWins =>
                Text($"The model wins: on {leads}, it was closer to what happened than the rules, by more than chance ({evidence}). {Calls(model, scorecard, difference)}"),
            Verdict.RulesWin =>
                Text($"The rules win: on {leads}, the scorecard was closer to what happened than the model, by more than chance ({evidence}). {Calls(model, scorecard, difference)} Keep working by the points."),
            _ when VerdictRule.HasTooFew(difference) =>
                Text($"No difference can be shown: {leads}, are too few to tell the model from the rules; at least {VerdictRule.MinimumOfEither} that converted and {VerdictRule.MinimumOfEither} that did not are needed."),
            _ when accounts < VerdictRule.MinimumOfEither =>
                Text($"No difference can be shown: {leads}, come from too few accounts to tell the model from the rules, {accounts} with one of the two outcomes; at least {VerdictRule.MinimumOfEither} with each are needed."),
            _ when difference.LogLoss.High < 0.0 || difference.LogLoss.Low > 0.0 =>
                Text($"No difference overall: on {leads}, one gives the better probabilities and the other the better order ({evidence}). {Calls(model, scorecard, difference)}"),
            _ =>
                Text($"No difference: on {leads}, model and rules did equally well as far as can be told ({evidence}, which holds zero). {Calls(model, scorecard, difference)} More closed leads would tell."),
        };
    }

    /// <summary>What the difference means for somebody who can call one lead in five.</summary>
    private static string Calls(EvaluationReport model, EvaluationReport scorecard, PairedReport difference)
    {
        Metric points = difference.PrecisionAt20;
        string surely = points.Low > 0.0 || points.High < 0.0 ? "" : ", so at that capacity it may be chance";
        return Text(
            $"Of the 20 % of leads that each would call first, {Percent(model.PrecisionAt20.Value)} converted by the model's list and {Percent(scorecard.PrecisionAt20.Value)} by the rules' ({Percent(model.BaseRate)} of all): a difference of {Points(points.Value)} points, 95 % interval {Points(points.Low)} to {Points(points.High)}{surely}.");
    }

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    private static string Points(double value) => (value * 100.0).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Percent(double value) => (value * 100.0).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
