using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Examples;

public class EpisodeWeightsTests
{
    [Fact]
    public void EpisodeWeights_PartOfAnEpisodesExamples_StillSumToOne()
    {
        TrainingExample[] examples = [.. new ExampleBuilder(FunnelDefinition.Default, Day.At(500))
            .Build(new LeadBuilder().Enters(Stage.MarketingQualified, 5).BuildAlone()).Examples
            .Where(example => example.Target == Target.Qualify).Take(3)];

        EpisodeWeights.Of(examples).Sum().ShouldBe(1, 1e-6);
    }
}
