using LeadPredict.Learning.Training;

namespace LeadPredict.Training.Train;

/// <summary>The learners of this build: the built-in ones, and Microsoft.ML's FastTree where it was built with <c>-p:MLNet=true</c>.</summary>
internal static class Learners
{
    public static ModelTrainer Trainer() => new(Further());

    private static ILearner[] Further() =>
#if MLNET
        [new MLNet.FastTreeLearner()];
#else
        [];
#endif
}
