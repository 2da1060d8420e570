namespace LeadPredict.Training.Csv;

/// <summary>How a CSV file's bytes stand for text.</summary>
internal enum CsvEncoding
{
    /// <summary>By its byte order mark; without one UTF-16 when it has the zeros of it, else UTF-8. Never guesses a code page.</summary>
    Auto = 0,

    /// <summary>UTF-8, with or without a byte order mark.</summary>
    Utf8,

    /// <summary>UTF-16, least significant byte first.</summary>
    Utf16,

    /// <summary>UTF-16, most significant byte first.</summary>
    Utf16BigEndian,

    /// <summary>Windows-1252, as Western Excel writes it.</summary>
    Windows1252,
}
