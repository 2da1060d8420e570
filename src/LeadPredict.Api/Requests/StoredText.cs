using LeadPredict.Storage.Rows;

namespace LeadPredict.Api.Requests;

/// <summary>Free text of a query or a form that the store is asked for or is to keep.</summary>
internal static class StoredText
{
    /// <summary>Returns the text.</summary>
    /// <param name="name">The parameter or field.</param>
    /// <param name="text">What it says.</param>
    /// <exception cref="RequestFaultsException">No store can keep such a text.</exception>
    public static string Demand(string name, string text) => StorableText.Fault(text) is { } fault
        ? throw new RequestFaultsException("/" + name, $"text that {fault}", "text without it")
        : text;
}
