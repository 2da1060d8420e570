using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Cells;

/// <summary>Finds the columns that a recipe names in a file's header and in the headers of the files joined to it.</summary>
internal sealed class CellBinder
{
    private readonly MissingWords _missing;
    private readonly List<RecipeFault> _faults;
    private readonly List<(string Prefix, CsvHeader Header, int Offset)> _headers;
    private readonly HashSet<int> _read = [];

    public CellBinder(string file, CsvHeader header, MissingWords missing, List<RecipeFault> faults)
    {
        File = file;
        _missing = missing;
        _faults = faults;
        _headers = [("", header, 0)];
        Width = header.Names.Count;
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>How many cells a row has, those of joined files included.</summary>
    public int Width { get; private set; }

    /// <summary>Plain words that are values though a column is called so.</summary>
    public SortedSet<string> WordsOfColumns { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a joined file's columns as <c>ALIAS.column</c>; returns where they begin in a row.</summary>
    public int Join(string alias, CsvHeader header)
    {
        int offset = Width;
        _headers.Add((alias + ".", header, offset));
        Width += header.Names.Count;
        return offset;
    }

    /// <summary>Whether a joined file is read for more than its key.</summary>
    /// <param name="offset">Where its columns begin in a row.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="key">Which of them is the key, from 0.</param>
    public bool ReadsBeside(int offset, int count, int key) => _read.Any(place => place >= offset && place < offset + count && place != offset + key);

    /// <summary>Binds a source; null stays null. A column that is not there is a fault of the recipe.</summary>
    public BoundCell? Bind(CellSource? source)
    {
        return source is null ? null : new(source, PlaceOf(source), _missing, Bind(source.Else), Bind(source.Then));
    }

    /// <summary>The cell of a source in the rows, from 0; -1 where it is a constant or missing in every row.</summary>
    private int PlaceOf(CellSource source)
    {
        if (source.Column is not { } column)
        {
            if (source is { IsWord: true, Constant: { } word } && Find(word) >= 0)
            {
                WordsOfColumns.Add(word);
            }

            return -1;
        }

        foreach (string name in source.Or.Prepend(column))
        {
            if (Find(name) is >= 0 and var place)
            {
                _read.Add(place);
                return place;
            }
        }

        if (source.Optional)
        {
            return -1;
        }

        IEnumerable<string> names = _headers.SelectMany(entry => entry.Header.Names.Select(name => entry.Prefix + name));
        _faults.Add(new(
            source.Place.Line,
            source.Place.Column,
            $"there is no column '{column}' in {File}; its header has: {string.Join(", ", names.Take(60))}"));
        return -1;
    }

    /// <summary>A column's place in the rows from 0, or -1.</summary>
    private int Find(string name)
    {
        foreach ((string prefix, CsvHeader header, int offset) in _headers)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && header.Find(name[prefix.Length..]) is >= 0 and var place)
            {
                return offset + place;
            }
        }

        return -1;
    }
}
