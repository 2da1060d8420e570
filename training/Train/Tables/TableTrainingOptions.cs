using LeadPredict.Learning.Training;

namespace LeadPredict.Training.Train.Tables;

/// <summary>What <c>train --table</c> was asked for.</summary>
public sealed record TableTrainingOptions
{
    /// <summary>The CSV, the oldest row first unless <see cref="Time"/> is given.</summary>
    public required string Table { get; init; }

    /// <summary>Its label column.</summary>
    public required string Label { get; init; }

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The column whose equal values are never parted when the model is tried out of fold; null where each row stands for itself.</summary>
    public string? Group { get; init; }

    /// <summary>The column that tells the order of time; null where the file lies in it.</summary>
    public string? Time { get; init; }

    /// <summary>Columns left out; not the one of <see cref="Group"/>, which is no feature anyway.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Suspicious columns that the user answers for.</summary>
    public IReadOnlyList<string> AcceptLeaks { get; init; } = [];

    /// <summary>How to learn. Default: <see cref="TrainerOptions"/> as it is, seed 0 among it.</summary>
    public TrainerOptions Trainer { get; init; } = new();
}
