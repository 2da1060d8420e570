using LeadPredict.Artifacts.Cards;

namespace LeadPredict.Artifacts.Tests.Cards;

public class ModelCardText
{
    [Fact]
    public void Card_OfTheSmallModel_ReadsLikeThis() => ModelCard.Write(SmallModels.CardContent).ShouldBe(
        """
        # Model card: small

        ## What it predicts

        - P(SQL): a marketing-qualified lead is qualified by sales within 90 days

        ## Data

        - From 2024-01-01 until 2024-12-31
        - Held-out leads from 2024-09-01
        - training examples: 12,345
        - converted: 678

        ## Training

        - learner: stack
        - seed: 1

        ## How well, on held-out leads

        P(SQL):

        | figure | value | 95 % interval |
        | --- | ---: | --- |
        | AUC | 0.7500 | 0.7000 to 0.8000 |
        | ECE | - |  |
        | examples | 1,234 |  |


        ## Calibration

        - P(SQL): sigmoid, chosen out of fold by log loss

        ## Against the scorecard

        The model catches more wins than the rules.

        ## Leak report

        - 'Tags\|\<b>' was accepted although it is written after the outcome

        ## Limits

        - Not for leads of other companies.

        """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("2025-06-30T23:54:56.000001Z", "2025-06-30")]
    [InlineData("2025-06-30T00:00:00.000001Z", "2025-06-30")]
    [InlineData("2025-06-30T00:00:00Z", "2025-06-29")]
    public void Card_EndOfTheData_IsTheLastDayWatched(string until, string day) => ModelCard.Write(SmallModels.CardContent with
    {
        DataUntil = DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture),
    }).ShouldContain($"- From 2024-01-01 until {day}\n");

    [Fact]
    public void Card_WithNothingKnown_SaysSo()
    {
        string card = ModelCard.Write(new() { Name = "x", Predicts = [] });
        card.ShouldContain("Not measured");
        card.ShouldContain("Not compared.");
        card.ShouldContain("No column looked like a leak.");
    }
}
