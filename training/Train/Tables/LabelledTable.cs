using LeadPredict.Training.Csv;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.Tables;

/// <summary>A flat CSV with a label column, read as often as needed and never held whole.</summary>
internal sealed class LabelledTable
{
    private readonly string _path;
    private readonly CsvFormat _format;
    private readonly CsvHeader _header;
    private readonly int _label;
    private readonly (long Length, DateTime Written) _stamp;

    private LabelledTable(string path, CsvFormat format, CsvHeader header, int label, char delimiter)
    {
        Delimiter = delimiter;
        _path = path;
        _format = format;
        _label = label;
        _header = header;
        _stamp = Stamp();
    }

    /// <summary>Where the file lies, as it was named.</summary>
    public string Path => _path;

    /// <summary>All columns in the file's order, the label included.</summary>
    public IReadOnlyList<string> Header => _header.Names;

    /// <summary>The label column's name as the file writes it.</summary>
    public string Label => Header[_label];

    /// <summary>Reads the header and finds the label column (its name without regard to case).</summary>
    /// <exception cref="RefusalException">There is no such column, or the path leads to what can be read only once.</exception>
    public static LabelledTable Open(string path, string label, CsvFormat? format = null)
    {
        if (SpecialFile.Is(path))
        {
            throw new RefusalException($"{path} is a pipe or a device, and a table is read more than once: save it to a file first, and give that.");
        }

        format ??= CsvFormat.AsFound;
        using CsvTable table = CsvTable.Open(path, format);
        int column = table.Header.Find(label);
        return column >= 0
            ? new(path, format, table.Header, column, table.Delimiter)
            : throw new RefusalException(
                $"{path}: no column '{label}'; expected the label to be one of: {string.Join(", ", table.Header.Names)}. Name it with --label.");
    }

    /// <summary>What parts the cells.</summary>
    public char Delimiter { get; }

    /// <summary>The label column's place in <see cref="Header"/>.</summary>
    public int LabelColumn => _label;

    /// <summary>The place of a column from 0, its name without regard to case, or -1 when there is none of that name.</summary>
    public int Find(string name) => _header.Find(name);

    /// <summary>Checks that an option names columns of the file, and not the label.</summary>
    /// <exception cref="RefusalException">There is no such column, or it is the label.</exception>
    public void CheckNames(string option, IReadOnlyList<string> names)
    {
        string[] unknown = [.. names.Except(Header, StringComparer.OrdinalIgnoreCase)];
        if (unknown.Length > 0)
        {
            throw new RefusalException(
                $"{option} names {string.Join(", ", unknown.Select(name => $"'{name}'"))}, but {_path} has the columns {string.Join(", ", Header)}.");
        }

        if (names.Contains(Label, StringComparer.OrdinalIgnoreCase))
        {
            throw new RefusalException($"{option} names '{Label}', which is the label; expected names of other columns.");
        }
    }

    /// <summary>
    /// Reads the whole file into columns, fast and without a string a cell; null when it is not written plainly enough, and
    /// <see cref="Rows"/> has to read it.
    /// </summary>
    /// <param name="uses">What each column is read for; the label is read anyway.</param>
    /// <param name="missing">The words that mean missing, compared exactly.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="RefusalException">The file changed since it was opened.</exception>
    public ColumnCsv? ReadColumns(IEnumerable<ColumnUse> uses, IReadOnlyList<string> missing, CancellationToken cancellation)
    {
        if (_format.Encoding is not (CsvEncoding.Auto or CsvEncoding.Utf8))
        {
            return null;
        }

        ColumnCsv? columns = ColumnCsv.TryRead(
            _path, Delimiter, [.. uses.Select((use, column) => column == _label ? ColumnUse.Label : use)], missing, cancellation);
        CheckUnchanged();
        return columns;
    }

    /// <summary>The rows in the file's order, each with its label.</summary>
    /// <exception cref="RefusalException">A label is none of the words, or the file changed since it was opened.</exception>
    public IEnumerable<(bool Label, IReadOnlyList<string?> Cells)> Rows()
    {
        using CsvTable table = CsvTable.Open(_path, _format);
        foreach (CsvRecord record in table.Records())
        {
            if (record.Problem is { } problem)
            {
                throw new RefusalException($"{_path}, line {record.Line}: {problem}. Mend the line or leave it out.");
            }

            string cell = record.Fields[_label];
            bool label = LabelWords.Read(cell) ?? throw new RefusalException(
                $"{_path}, line {record.Line}, column '{Label}': found '{cell}'; expected {LabelWords.Expected}.");
            yield return (label, record.Fields);
        }

        CheckUnchanged();
    }

    /// <summary>A table is read several times, and what was read of its rows must be of the same ones.</summary>
    private void CheckUnchanged()
    {
        if (Stamp() != _stamp)
        {
            throw new RefusalException($"{_path} changed while it was being read. Copy it, and give the copy.");
        }
    }

    private (long Length, DateTime Written) Stamp()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
    }
}
