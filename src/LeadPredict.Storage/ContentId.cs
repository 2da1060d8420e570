using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage;

/// <summary>Identifiers for events that come without one: the same content gives the same identifier, so importing twice adds nothing.</summary>
public static class ContentId
{
    /// <summary>A letter for the kind of event, then 128 bits of the SHA-256 of its parts in hex. A null part differs from an empty one.</summary>
    public static string Of(char kind, params ReadOnlySpan<string?> parts)
    {
        using var content = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (string? part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part ?? "");
            BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : bytes.Length);
            content.Write(length);
            content.Write(bytes);
        }

        byte[] hash = SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length));
        return $"{kind}-{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }

    /// <summary>
    /// That of an outcome: lead, how it ended, when, amount and currency, so that two deals of one day are two. 1200.50 is 1200.5, and eur is EUR. Without both it
    /// is what it was before they counted.
    /// </summary>
    public static string Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        string at = UtcTime.Normalize(outcome.OccurredAt).UtcTicks.ToString(CultureInfo.InvariantCulture);
        string[] said = [outcome.LeadId, outcome.Won ? "won" : "lost", at];

        // Dividing by one with all its places takes the zeros at the end away.
        string? amount = (outcome.Amount / 1.0000000000000000000000000000m)?.ToString(CultureInfo.InvariantCulture);
        return amount is null && outcome.Currency is null ? Of('o', said) : Of('o', [.. said, amount, outcome.Currency?.ToUpperInvariant()]);
    }
}
