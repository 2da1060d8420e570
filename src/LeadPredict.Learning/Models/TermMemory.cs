using System.Collections.Immutable;

namespace LeadPredict.Learning.Models;

/// <summary>
/// What each linear term added to the last row that was scored with this memory. Many columns say the same of lead after lead, so that the next row asks
/// only for those that differ. Belongs to one model; for one thread at a time.
/// </summary>
public sealed class TermMemory
{
    /// <summary>The memory of a model's linear terms; of a model without any it stays empty.</summary>
    /// <param name="model">The model.</param>
    public TermMemory(ScoreModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ImmutableArray<LinearTerm> terms = model.Linear?.Terms ?? [];
        Values = new uint[terms.Length];
        Added = [.. terms.Select(term => term.Score(0))];
    }

    /// <summary>The last row's values by their bits; 0 in all columns before the first.</summary>
    internal uint[] Values { get; }

    /// <summary>What each of them adds, in log-odds.</summary>
    internal double[] Added { get; }
}
