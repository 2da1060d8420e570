namespace LeadPredict.Funnel.Examples;

/// <summary>Weights by which each episode counts once, however many of its snapshots are there.</summary>
public static class EpisodeWeights
{
    /// <summary>For each example 1 over the number of given examples of the same target and episode; they sum to 1 for each episode.</summary>
    public static float[] Of(IReadOnlyList<TrainingExample> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        Dictionary<(Target, string), int> counts = [];
        foreach (TrainingExample example in examples)
        {
            (Target, string) key = (example.Target, example.EpisodeKey);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return [.. examples.Select(example => 1f / counts[(example.Target, example.EpisodeKey)])];
    }
}
