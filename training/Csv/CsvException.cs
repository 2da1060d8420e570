namespace LeadPredict.Training.Csv;

/// <summary>A CSV file cannot be read as it is. The message names the file, the place, what was found and what to do.</summary>
public sealed class CsvException : Exception
{
    internal CsvException(string file, long line, string problem)
        : base(line > 0 ? $"{file}, line {line}: {problem}" : $"{file}: {problem}")
    {
        File = file;
        Line = line;
    }

    /// <summary>The file as it was named.</summary>
    public string File { get; }

    /// <summary>The line, from 1; 0 when the fault is of the file as a whole.</summary>
    public long Line { get; }
}
