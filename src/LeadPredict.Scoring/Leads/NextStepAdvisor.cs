using System.Globalization;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Scoring.Leads;

/// <summary>What to do with a lead now: its stage says who has it, the score how urgent it is, and the scorecard's criteria what is missing.</summary>
internal static class NextStepAdvisor
{
    private const string Marketing = "marketing";
    private const string Development = "sales development";
    private const string Sales = "sales";

    public static NextStep Of(Stage stage, int score, LeadProbabilities probabilities, ScorecardScore? rules)
    {
        string because = Because(score, probabilities, rules);
        bool best = score >= 80;
        return stage switch
        {
            Stage.Won => new(Stage.Won, "hand over to customer success", "customer success", "the deal is won"),
            Stage.Lost => new(Stage.Recycled, "recycle if the reason for the loss has passed", Marketing, "the deal is lost"),
            Stage.Disqualified => new(Stage.Disqualified, "nothing", "nobody", "the lead is disqualified"),
            Stage.Opportunity => new(Stage.Won, best ? "give the deal priority" : "work on the deal", Sales, because),
            Stage.SalesQualified => new(Stage.Opportunity, best ? "propose now" : "open a deal", Sales, because),
            Stage.SalesAccepted => new(Stage.SalesQualified, Missing(rules) is { Length: > 0 } missing ? $"qualify: {missing}" : "qualify", Sales, because),
            Stage.MarketingQualified when score >= 50 => new(
                Stage.SalesAccepted, best ? "call today" : "call this week", Development, because),
            Stage.MarketingQualified => new(Stage.SalesAccepted, "keep informed by e-mail and call when it becomes more active", Marketing, because),
            _ when rules?.Stage.Reaches(Stage.MarketingQualified) == true => new(
                Stage.MarketingQualified, "qualify as MQL and hand to sales", Marketing, because),
            Stage.Recycled => new(Stage.MarketingQualified, "nurture until it is active again", Marketing, because),
            _ => new(Stage.MarketingQualified, "nurture", Marketing, because),
        };
    }

    private static string Because(int score, LeadProbabilities probabilities, ScorecardScore? rules)
    {
        (string what, double value) = (probabilities.Sql, probabilities.Close) switch
        {
            ({ Value: < 1 } sql, _) => ("P(SQL)", sql.Value),
            (_, { } close) => ("P(close)", close.Value),
            var (sql, _) => ("P(SQL)", sql!.Value.Value),
        };
        string model = string.Create(CultureInfo.InvariantCulture, $"score {score} of 100, {what} {100 * value:0.#} %");
        return rules is null ? model : $"{model}; rules: {rules.Because}";
    }

    private static string Missing(ScorecardScore? rules) =>
        string.Join(", ", (rules?.Criteria ?? []).Where(criterion => !criterion.Met).Select(criterion => criterion.Name));
}
