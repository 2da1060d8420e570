using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train;

/// <summary>A version that was just published, with what the console prints of it.</summary>
/// <param name="Repository">Where it lies.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Result">What <c>--json</c> prints, to be written as JSON; <see cref="ModelArtifact.MetricsJson"/> has all figures.</param>
/// <param name="Lines">What a person reads.</param>
public sealed record PublishedModel(ModelRepository Repository, string Name, int Version, object Result, IReadOnlyList<string> Lines)
{
    /// <summary>Makes it the champion.</summary>
    /// <inheritdoc cref="ModelRepository.PromoteAsync" path="/exception"/>
    public Task PromoteAsync(CancellationToken cancellation = default) =>
        Repository.PromoteAsync(Name, Version, ModelAlias.Champion, cancellation);

    internal void Print(ConsoleHost host, bool json)
    {
        if (json)
        {
            host.WriteJson(Result);
            return;
        }

        foreach (string line in Lines)
        {
            host.Out.WriteLine(line);
        }
    }
}
