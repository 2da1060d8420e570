using LeadPredict.Learning.Training;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train;

/// <summary>Tells a person at the terminal how far training is.</summary>
internal static class TrainingReport
{
    public static IProgress<TrainingProgress> To(ConsoleHost host, string what = "model") =>
        new DirectProgress<TrainingProgress>(step => host.Progress($"{what}: {step.Phase} {step.Done}/{step.Total}"));
}
