using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.People;

/// <summary>Takes forgotten addresses out of what is somebody else's.</summary>
/// <param name="isForgotten">Whether an address is forgotten.</param>
internal sealed class Mentions(Func<string, bool> isForgotten)
{
    /// <summary>A text with <see cref="ForgottenText.InPlace"/> where the addresses stood.</summary>
    public string Text(string text) => Forgotten(text).Aggregate(text, AddressText.Without);

    private IEnumerable<string> Forgotten(string text) => Addresses.Mentioned(text).Distinct(StringComparer.Ordinal).Where(isForgotten);
}
