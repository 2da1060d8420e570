using System.Globalization;

namespace LeadPredict.Training.Csv;

/// <summary>A file's column names, in order. They are looked up without case and with blanks run together.</summary>
internal sealed class CsvHeader
{
    private readonly string _file;
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="CsvException">A name is empty, comes twice or looks like a value.</exception>
    public CsvHeader(string file, long line, IReadOnlyList<string> names)
    {
        _file = file;
        Names = [.. names.Select(name => name.Trim())];
        for (int i = 0; i < Names.Count; i++)
        {
            string name = Names[i];
            if (name.Length == 0)
            {
                throw new CsvException(file, line, $"column {i + 1} of the header has no name; give every column a name");
            }

            if (LooksLikeAValue(name))
            {
                throw new CsvException(
                    file, line, $"column {i + 1} is '{Shown(name)}', which is a value, not a name; the first line must be the header");
            }

            if (!_places.TryAdd(Key(name), i))
            {
                int before = _places[Key(name)];
                string named = Names[before] == name ? $"both named '{Shown(name)}'" : $"named '{Shown(Names[before])}' and '{Shown(name)}'";
                throw new CsvException(file, line, $"columns {before + 1} and {i + 1} are {named}; names must differ in more than blanks and the case of letters");
            }
        }
    }

    /// <summary>The names without surrounding blanks.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The place of a column from 0, or -1 when there is none of that name.</summary>
    public int Find(string name) => _places.GetValueOrDefault(Key(name), -1);

    /// <summary>The place of a column from 0.</summary>
    /// <exception cref="CsvException">There is none of that name; the message lists what there is.</exception>
    public int Require(string name) => Find(name) is >= 0 and var place ? place : throw new CsvException(
        _file, 1, $"there is no column '{name}'; the header has: {string.Join(", ", Names.Take(60).Select(Shown))}");

    private static string Key(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Shown(string name) => name.Length <= 60 ? name : string.Concat(name.AsSpan(0, 60), "...");

    // Whole numbers may be names (years, positions); fractions, signed numbers and dates are not.
    private static bool LooksLikeAValue(string name) =>
        (CsvNumber.TryRead(name, '.', out _) && !name.All(char.IsAsciiDigit))
        || (char.IsAsciiDigit(name[0]) && name.Length >= 10
            && DateTime.TryParseExact(name[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
}
