using LeadPredict.Artifacts;

namespace LeadPredict.Training.Hosting;

/// <summary>Models that score leads, as opposed to rows of a table.</summary>
internal static class LeadModels
{
    /// <summary>The model, if it is one.</summary>
    /// <exception cref="RefusalException">It is of a table.</exception>
    public static ModelArtifact Require(ModelArtifact model) => model.Kind == ArtifactKind.Funnel
        ? model
        : throw new RefusalException($"{model} was learned from a table and knows nothing of leads. Expected a model of 'train --store'.");
}
