namespace LeadPredict.Storage.People;

/// <summary>Takes forgotten addresses out of what is somebody else's.</summary>
/// <param name="suppression">Names what stands in keys.</param>
/// <param name="isForgotten">Whether an address is forgotten.</param>
internal sealed class Mentions(Suppression suppression, Func<string, bool> isForgotten)
{
    /// <summary>A text with <see cref="AddressText.InPlace"/> where the addresses stood.</summary>
    public string Text(string text) => Forgotten(text).Aggregate(text, AddressText.Without);

    /// <summary>
    /// The same of an identifier or another key, which is to tell things apart as before: what stands there follows from the address as it was spelt, and does so again when the same
    /// key comes anew.
    /// </summary>
    public string Key(string key) => Forgotten(key).Aggregate(key, (rest, address) => AddressText.Without(rest, address, spelt => $"(forgotten {suppression.OfKey(spelt)})"));

    private IEnumerable<string> Forgotten(string text) => Addresses.Mentioned(text).Distinct(StringComparer.Ordinal).Where(isForgotten);
}
