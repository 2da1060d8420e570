using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Running;

/// <summary>A file to import, the part of the recipe that fits it, and the files that stand beside it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">What it is called in messages: its path inside the folder.</param>
/// <param name="Recipe">What its rows are.</param>
/// <param name="Joins">Where each of the recipe's joined files lies, in the recipe's order.</param>
internal sealed record PlannedFile(string Path, string Name, FileRecipe Recipe, IReadOnlyList<(JoinRecipe Recipe, string Path, string Name)> Joins);
