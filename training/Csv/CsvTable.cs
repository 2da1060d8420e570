using CsvHelper;

namespace LeadPredict.Training.Csv;

/// <summary>A CSV file with a header, read once from front to back. One record is held at a time.</summary>
/// <remarks>Not safe to share between threads.</remarks>
internal sealed class CsvTable : IDisposable
{
    private readonly CsvTextReader _text;
    private readonly CsvReader _reader;
    private readonly CsvFormat _format;
    private bool _unterminated;

    private CsvTable(Stream stream, string file, CsvFormat format)
    {
        File = file;
        _format = format;
        _text = new(stream, file, format);
        _reader = CsvReader.Create(_text, new CsvReaderOptions
        {
            Separator = format.Delimiter,
            HasHeader = false,
            TrackLineNumbers = true,
            MaxRecordSize = format.LongestRecord,
            OnMalformedRecord = fault => _unterminated |= fault.Reason == CsvMalformedReason.UnterminatedQuote,
        });
        Header = ReadRecord() is { } first
            ? new(file, first.Line, first.Fields)
            : throw new CsvException(file, 0, "the file is empty; expected a header line with column names");
    }

    /// <summary>The file as it was named.</summary>
    public string File { get; }

    /// <summary>What parts the cells.</summary>
    public char Delimiter => _reader.Separator;

    /// <summary>The column names.</summary>
    public CsvHeader Header { get; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="CsvException">The header or the encoding is wrong.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CsvTable Open(string path, CsvFormat? format = null)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new FileNotFoundException($"there is no file '{path}'", path);
        }

        return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan), path, format);
    }

    /// <summary>Reads a stream, which is disposed of with the table; <paramref name="name"/> is for messages.</summary>
    public static CsvTable Open(Stream stream, string name, CsvFormat? format = null)
    {
        try
        {
            return new(stream, name, format ?? CsvFormat.Default);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The records that are left, in order; blank lines are passed over. A record with the wrong number of cells says so.</summary>
    /// <exception cref="CsvException">A cell, record or byte that ends the reading.</exception>
    public IEnumerable<CsvRecord> Records()
    {
        int columns = Header.Names.Count;
        while (ReadRecord() is { } record)
        {
            yield return record.Problem is null && record.Fields.Length != columns
                ? record with { Problem = $"has {record.Fields.Length} cells; the header has {columns} columns" }
                : record;
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _text.Dispose();
    }

    private CsvRecord? ReadRecord()
    {
        try
        {
            if (!_reader.Read())
            {
                return null;
            }
        }
        catch (CsvFormatException fault)
        {
            throw new CsvException(
                File,
                Line(fault.LineNumber),
                $"a record is longer than {_format.LongestRecord:N0} bytes; is a quote not closed, or is this not a CSV file? ({fault.Message})");
        }

        if (_unterminated)
        {
            // The rest of the file is in this cell; whatever it held would be lost without a word.
            throw new CsvException(File, Line(_reader.LineNumber), "a quote is opened in this record and never closed; close it, or double it where it is part of the text");
        }

        string[] fields = _reader.Current.ToArray();
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i].Length > _format.LongestField)
            {
                throw new CsvException(
                    File,
                    Line(_reader.LineNumber),
                    $"cell {i + 1} has {fields[i].Length:N0} characters; expected at most {_format.LongestField:N0} (is a quote not closed?)");
            }
        }

        return new(Line(_reader.LineNumber), fields, null);
    }

    /// <summary>A line of the file, of which the parser has not seen those above the header.</summary>
    private long Line(long seen) => seen + _format.HeaderLine - 1;
}
