namespace LeadPredict.Storage.Errors;

/// <summary>A row cannot be kept as it is.</summary>
/// <param name="Kind">What the row is: <c>lead</c>, <c>touch</c>, ...</param>
/// <param name="Id">Its identifier, or its lead's for attribute changes.</param>
/// <param name="Field">The field by its JSON name.</param>
/// <param name="Problem">What was found and what was expected.</param>
public sealed record HistoryFault(string Kind, string Id, string Field, string Problem);

/// <summary>Rows of a batch cannot be kept; nothing of the batch was written.</summary>
public sealed class InvalidHistoryException : StorageException
{
    internal InvalidHistoryException(IReadOnlyList<HistoryFault> faults)
        : base(Describe(faults) + "; nothing was written") => Faults = faults;

    /// <summary>What is wrong: the first hundred faults.</summary>
    public IReadOnlyList<HistoryFault> Faults { get; }

    /// <summary>The first fault and how many more there are, in words, without what became of the batch.</summary>
    public string Found => Describe(Faults);

    private static string Describe(IReadOnlyList<HistoryFault> faults)
    {
        HistoryFault first = faults[0];
        string more = faults.Count > 1 ? $" (and {faults.Count - 1} more faults)" : "";
        return $"{first.Kind} '{first.Id}', {first.Field}: {first.Problem}{more}";
    }
}
