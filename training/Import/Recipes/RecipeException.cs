namespace LeadPredict.Training.Import.Recipes;

/// <summary>One fault of a recipe: where it stands, what was found and what was expected.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Problem">A sentence.</param>
internal sealed record RecipeFault(long Line, long Column, string Problem);

/// <summary>A recipe cannot be used; all its faults are told at once.</summary>
internal sealed class RecipeException : Exception
{
    public RecipeException(string file, IReadOnlyList<RecipeFault> faults)
        : base(string.Join('\n', faults.Select(fault => $"{file}, line {fault.Line}, column {fault.Column}: {fault.Problem}")))
    {
        File = file;
        Faults = faults;
    }

    /// <summary>The recipe as it was named.</summary>
    public string File { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<RecipeFault> Faults { get; }
}
