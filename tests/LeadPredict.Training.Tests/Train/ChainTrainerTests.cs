using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.Train;

public sealed class ChainTrainerTests
{
    [Theory]
    [InlineData(800, 2000, 0.3 * 800)] // a small history: 30 % of the first ones together
    [InlineData(800, 100, 0.3 * 100)] // none counts more than 0.3
    [InlineData(4000, 10_000, 400)]
    [InlineData(100_000, 500_000, 0.03 * 100_000)] // a large one: 3 %
    [InlineData(0, 50, 0.3)]
    public void WeightOfLater_ByHowManyFirstOnesThereAre_IsAShareOfThemTogether(int first, int later, double together) =>
        ((double)ChainTrainer.WeightOfLater(first, later) * later).ShouldBe(together, 0.001 * together);
}
