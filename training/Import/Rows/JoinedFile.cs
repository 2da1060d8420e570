using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>A file held in memory by its key, to stand beside the rows of another.</summary>
internal sealed class JoinedFile
{
    private readonly Dictionary<string, string[]> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly BoundCell _equalTo;
    private readonly CellBinder _binder;
    private readonly int _offset;
    private readonly int _columns;
    private readonly int _key;
    private long _repeated;

    private JoinedFile(string name, BoundCell equalTo, CellBinder binder, int offset, int columns, int key)
    {
        Name = name;
        _equalTo = equalTo;
        _binder = binder;
        _offset = offset;
        _columns = columns;
        _key = key;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Rows whose key an earlier row has; the earlier stands. 0 where nothing but the key is read, for which all of them are alike.</summary>
    public long Repeated => _binder.ReadsBeside(_offset, _columns, _key) ? _repeated : 0;

    /// <summary>Keys that stood beside no row so far.</summary>
    public long Unmatched => _rows.Count - _used.Count;

    /// <summary>Reads the file and adds its columns to the binder.</summary>
    public static JoinedFile Load(string path, string name, JoinRecipe recipe, CsvFormat format, CellBinder binder, List<RecipeFault> faults)
    {
        using CsvTable table = CsvTable.Open(path, format);
        BoundCell equalTo = binder.Bind(recipe.EqualTo)!;
        int key = recipe.Keys.Select(table.Header.Find).Where(place => place >= 0).DefaultIfEmpty(-1).First();
        var joined = new JoinedFile(name, equalTo, binder, binder.Join(recipe.Alias, table.Header), table.Header.Names.Count, key);
        if (key < 0)
        {
            faults.Add(new(
                recipe.Place.Line,
                recipe.Place.Column,
                $"there is no column '{string.Join("' or '", recipe.Keys)}' in {name}, by which rows of {binder.File} find theirs; add it to {name}, or import without {binder.File};"
                + $" the header of {name} has: {string.Join(", ", table.Header.Names.Take(60))}"));
            return joined;
        }

        foreach (CsvRecord record in table.Records())
        {
            if (record.Problem is not null)
            {
                throw new CsvException(name, record.Line, record.Problem);
            }

            if (!format.Missing.Contains(record.Fields[key]) && !joined._rows.TryAdd(recipe.EqualTo.Form.Write(record.Fields[key].Trim()), record.Fields))
            {
                joined._repeated++;
            }
        }

        return joined;
    }

    /// <summary>Puts the matching row's cells into their place in the row; leaves it alone when there is none.</summary>
    public void Fill(string?[] row)
    {
        if (_equalTo.Read(row) is { } key && _rows.TryGetValue(key, out string[]? match))
        {
            _used.Add(key);
            match.CopyTo(row, _offset);
        }
    }
}
