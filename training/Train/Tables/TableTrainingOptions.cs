using LeadPredict.Learning.Training;

namespace LeadPredict.Training.Train.Tables;

/// <summary>What <c>train --table</c> was asked for.</summary>
/// <param name="Table">The CSV.</param>
/// <param name="Label">Its label column.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Group">See <see cref="RowGroups"/>; null where each row stands for itself.</param>
/// <param name="Time">See <see cref="RowTimes"/>; null where the file lies in order of time.</param>
/// <param name="Drop">Columns left out; not the one of <paramref name="Group"/>, which is no feature anyway.</param>
/// <param name="AcceptLeaks">Suspicious columns that the user answers for.</param>
/// <param name="Trainer">How to learn.</param>
internal sealed record TableTrainingOptions(
    string Table, string Label, string Name, string? Group, string? Time, IReadOnlyList<string> Drop, IReadOnlyList<string> AcceptLeaks, TrainerOptions Trainer);
