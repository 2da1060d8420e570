using System.Globalization;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Scoring.Leads;

/// <summary>What to do with a lead now: its stage says who has it, the score how urgent it is, and the scorecard's criteria what is missing.</summary>
internal static class NextStepAdvisor
{
    private const string Marketing = "marketing";
    private const string Development = "sales development";
    private const string Sales = "sales";

    public static SheetStep Of(ScoreSheet sheet)
    {
        (Stage stage, int score) = (sheet.Stage, sheet.Score);
        bool best = score >= 80;
        return stage switch
        {
            Stage.Won => new(Stage.Won, "hand over to customer success", "customer success", "the deal is won"),
            Stage.Lost => new(Stage.Recycled, "recycle if the reason for the loss has passed", Marketing, "the deal is lost"),
            Stage.Disqualified => new(Stage.Disqualified, "nothing", "nobody", "the lead is disqualified"),
            Stage.Opportunity => new(Stage.Won, best ? "give the deal priority" : "work on the deal", Sales, null),
            Stage.SalesQualified => new(Stage.Opportunity, best ? "propose now" : "open a deal", Sales, null),
            Stage.SalesAccepted => new(Stage.SalesQualified, Missing(sheet) is { Length: > 0 } missing ? $"qualify: {missing}" : "qualify", Sales, null),
            Stage.MarketingQualified when score >= 50 => new(
                Stage.SalesAccepted, best ? "call today" : "call this week", Development, null),
            Stage.MarketingQualified => new(Stage.SalesAccepted, "keep informed by e-mail and call when it becomes more active", Marketing, null),
            _ when sheet.Rules?.Stage.Reaches(Stage.MarketingQualified) == true => new(
                Stage.MarketingQualified, "qualify as MQL and hand to sales", Marketing, null),
            Stage.Recycled => new(Stage.MarketingQualified, "nurture until it is active again", Marketing, null),
            _ => new(Stage.MarketingQualified, "nurture", Marketing, null),
        };
    }

    /// <summary>What the step rests on where no more is said: the score, the probability that tells the most, and the rules.</summary>
    public static string Because(ScoreSheet sheet)
    {
        (string what, double value) = sheet.Telling;
        string model = string.Create(CultureInfo.InvariantCulture, $"score {sheet.Score} of 100, {what} {100 * value:0.#} %");
        return sheet.Rules is { } rules ? $"{model}; rules: {rules.Because().Text}" : model;
    }

    private static string Missing(ScoreSheet sheet)
    {
        if (sheet.Rules is not { } rules || sheet.Engine.Compiled.Scorecard is not { } card)
        {
            return "";
        }

        bool[] met = rules.Met.ToArray();
        return string.Join(", ", card.Definition.SqlCriteria.Where((_, criterion) => !met[criterion]).Select(criterion => criterion.Name));
    }
}
