namespace LeadPredict.Api.Requests;

/// <summary>One thing wrong with a request.</summary>
/// <param name="Pointer">Where, as a JSON pointer by the names of the request (<c>/touches/3/occurredAt</c>); empty for the whole body.</param>
/// <param name="Found">What stands there, shortened.</param>
/// <param name="Expected">What would have been right.</param>
public sealed record RequestFault(string Pointer, string Found, string Expected)
{
    /// <summary>Faults in one line.</summary>
    internal static string InWords(IEnumerable<RequestFault> faults) =>
        string.Join("; ", faults.Select(fault => $"{(fault.Pointer.Length == 0 ? "body" : fault.Pointer)}: found {fault.Found}, expected {fault.Expected}"));
}
