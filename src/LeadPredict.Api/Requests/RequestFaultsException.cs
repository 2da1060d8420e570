namespace LeadPredict.Api.Requests;

/// <summary>A request is refused: everything that is wrong with it is told, up to <see cref="RequestLimits.Faults"/> faults.</summary>
public sealed class RequestFaultsException : Exception
{
    /// <summary>Tells the faults.</summary>
    /// <param name="faults">At least one.</param>
    public RequestFaultsException(IReadOnlyList<RequestFault> faults)
        : base(RequestFault.InWords(faults)) =>
        Faults = faults;

    /// <summary>Tells one fault.</summary>
    public RequestFaultsException(string pointer, string found, string expected)
        : this([new(pointer, found, expected)])
    {
    }

    /// <summary>What is wrong, in the order of the request.</summary>
    public IReadOnlyList<RequestFault> Faults { get; }
}
