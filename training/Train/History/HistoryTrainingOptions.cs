using LeadPredict.Learning.Training;
using LeadPredict.Scorecard;

namespace LeadPredict.Training.Train.History;

/// <summary>What <c>train --store</c> was asked for.</summary>
public sealed record HistoryTrainingOptions
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>How to learn. Default: <see cref="TrainerOptions"/> as it is, seed 0 among it.</summary>
    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>The rules that the model is compared with. Default: those that ship with LeadPredict.</summary>
    public ScorecardDefinition Scorecard { get; init; } = ScorecardDefinition.Default;

    /// <summary>Episodes that opened before are left out; null takes the funnel's own start.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>What an MQL has to become SQL; null takes the funnel's own.</summary>
    public TimeSpan? QualifyHorizon { get; init; }

    /// <summary>What an SQL has to be won; null takes the funnel's own.</summary>
    public TimeSpan? CloseHorizon { get; init; }

    /// <summary>Attributes and features left out.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Suspicious attributes and features that the user answers for.</summary>
    public IReadOnlyList<string> AcceptLeaks { get; init; } = [];
}
