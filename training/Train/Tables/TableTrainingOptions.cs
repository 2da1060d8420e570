using LeadPredict.Learning.Training;

namespace LeadPredict.Training.Train.Tables;

/// <summary>What <c>train --table</c> was asked for.</summary>
/// <param name="Table">The CSV.</param>
/// <param name="Label">Its label column.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Drop">Columns left out.</param>
/// <param name="AcceptLeaks">Suspicious columns that the user answers for.</param>
/// <param name="Trainer">How to learn.</param>
internal sealed record TableTrainingOptions(
    string Table, string Label, string Name, IReadOnlyList<string> Drop, IReadOnlyList<string> AcceptLeaks, TrainerOptions Trainer);
