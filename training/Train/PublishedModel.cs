using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train;

/// <summary>A version that was just published, with what the console prints of it.</summary>
/// <param name="Repository">Where it lies.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Result">What <c>--json</c> prints.</param>
/// <param name="Lines">What a person reads.</param>
internal sealed record PublishedModel(ModelRepository Repository, string Name, int Version, object Result, IReadOnlyList<string> Lines)
{
    public Task PromoteAsync(CancellationToken cancellation) =>
        Repository.PromoteAsync(Name, Version, ModelAlias.Champion, cancellation);

    public void Print(ConsoleHost host, bool json)
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
