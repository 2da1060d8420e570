namespace LeadPredict.Training.Csv;

/// <summary>How a CSV file is written, as far as it is known beforehand.</summary>
internal sealed record CsvFormat
{
    /// <summary>What most exports need: everything found out, empty and the usual words missing.</summary>
    public static readonly CsvFormat Default = new();

    /// <summary>The same for commands that take a file as it is found: none of their options says how it is written.</summary>
    public static readonly CsvFormat AsFound = new() { IsAsFound = true };

    /// <summary>Comma, semicolon, tab or another ASCII character; null finds it out from the first lines.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The encoding; found out unless given.</summary>
    public CsvEncoding Encoding { get; init; }

    /// <summary>The line that the column names begin on, 1 unless a title and the like stand above them; those lines are passed over.</summary>
    public int HeaderLine { get; init; } = 1;

    /// <summary>Whether nobody can say how the file is written, so that messages advise to write it anew; default false: a recipe can.</summary>
    public bool IsAsFound { get; init; }

    /// <summary>Which cells mean that nothing is known.</summary>
    public MissingWords Missing { get; init; } = MissingWords.Default;

    /// <summary>The longest cell in characters; 1 M unless set. A longer one is refused before it fills the memory.</summary>
    public int LongestField { get; init; } = 1 << 20;

    /// <summary>The longest record in bytes of UTF-8; 16 M unless set. A longer one is refused before it fills the memory.</summary>
    public int LongestRecord { get; init; } = 1 << 24;
}
