using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Format;
using LeadPredict.Features;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Scorecard.Reading;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Reasons;

namespace LeadPredict.Scoring.Engines;

/// <summary>A model made ready to serve: what all engines of one generation share. Immutable and safe to share between threads.</summary>
public sealed class CompiledModel
{
    private readonly string?[] _unlike;

    /// <summary>Compiles the schema and reads the scorecard.</summary>
    /// <exception cref="ModelFormatException">The model's scorecard or schema cannot be used.</exception>
    public CompiledModel(ModelArtifact model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        try
        {
            Extractor = new(model.Schema);
            _unlike = new string?[2 * Extractor.Count];
            Scorecard = model.ScorecardYaml is { } yaml ? new(ScorecardDefinition.Parse(yaml, $"{model}/{ArtifactFiles.Scorecard}")) : null;
        }
        catch (ScorecardFormatException fault)
        {
            throw new ModelFormatException($"{model}/{ArtifactFiles.Scorecard}", "", fault.Message, "the scorecard that the model was compared with", fault);
        }
        catch (FeatureSchemaException fault)
        {
            throw new ModelFormatException($"{model}/{ArtifactFiles.Schema}", "", fault.Message, "a schema that this version can read", fault);
        }
    }

    /// <summary>The model.</summary>
    public ModelArtifact Model { get; }

    /// <summary>Turns snapshots into its rows.</summary>
    public FeatureExtractor Extractor { get; }

    /// <summary>
    /// The row of a snapshot. A lead that has not come to the funnel's first stage is taken to enter it just then: the model learnt from no other leads, and what it is asked is what this one
    /// would be worth if it were handed over as it is.
    /// </summary>
    internal void Extract(Snapshot snapshot, Span<float> row) => Extractor.Extract(snapshot, row, Entering(snapshot));

    /// <summary>The funnel's first stage where the lead has not come to it yet, else null.</summary>
    internal Stage? Entering(Snapshot snapshot) => Model.Funnel?.EntryAhead(snapshot.Stage);

    /// <summary>What reasons call a feature: the thing that it is made of.</summary>
    /// <param name="feature">Its place in the schema.</param>
    public string ReasonOf(int feature) => Groups.NameOf(feature);

    /// <summary>Which features are variants of one thing.</summary>
    internal FeatureGroups Groups => field ??= new(Extractor.Schema);

    /// <summary>What reasons say.</summary>
    internal ReasonWords Words => field ??= new(Extractor);

    /// <summary>What is said of a value that cannot be read, by <see cref="FeatureExtractor.TypedAttributes"/>.</summary>
    internal string[] Unreadable => field ??= [.. Extractor.TypedAttributes.ToArray().Select(feature => ScoreWarnings.Unreadable(Extractor.Schema.Features[feature].Source))];

    /// <summary>What is said of a feature that makes an interval wide: one sentence for all its values, since those of strange leads hardly come again.</summary>
    internal string Unlike(int feature, bool isMissing) => _unlike[(2 * feature) + (isMissing ? 1 : 0)] ??= ScoreWarnings.Unlike(Extractor, feature, isMissing);

    /// <summary>The scorecard beside it, or null.</summary>
    public ScorecardEvaluator? Scorecard { get; }
}
