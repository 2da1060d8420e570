namespace LeadPredict.Training.Csv;

/// <summary>A currency's code before or after a number, as in <c>USD 5,000.00</c>. Only those of ISO 4217: <c>5 MIO</c> is no amount of MIO.</summary>
internal static class CurrencyCode
{
    private const int Length = 3;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Codes = new HashSet<string>(
        (
            "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR "
            + "FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
            + "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
            + "SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG").Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word is a code, in whatever case.</summary>
    public static bool Is(string word) => Codes.Contains(word.ToUpperInvariant());

    /// <summary>The number without the code that stands before or after it.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="code">The code, or null where there is none.</param>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> cell, out string? code)
    {
        ReadOnlySpan<char> text = cell.Trim();
        code = null;
        if (text.Length <= Length)
        {
            return text;
        }

        if (Codes.TryGetValue(text[..Length], out code))
        {
            return text[Length..].Trim();
        }

        return Codes.TryGetValue(text[^Length..], out code) ? text[..^Length].Trim() : text;
    }
}
