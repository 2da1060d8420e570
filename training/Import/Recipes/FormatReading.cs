using System.Globalization;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Cells;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>Reads the <c>format</c> section.</summary>
internal static class FormatReading
{
    private static readonly Dictionary<string, char?> Delimiters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = null,
        ["comma"] = ',',
        [","] = ',',
        ["semicolon"] = ';',
        [";"] = ';',
        ["tab"] = '\t',
        ["\t"] = '\t',
        ["|"] = '|',
        ["pipe"] = '|',
    };

    private static readonly Dictionary<string, CsvEncoding> Encodings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = CsvEncoding.Auto,
        ["utf-8"] = CsvEncoding.Utf8,
        ["utf-16"] = CsvEncoding.Utf16,
        ["utf-16be"] = CsvEncoding.Utf16BigEndian,
        ["windows-1252"] = CsvEncoding.Windows1252,
    };

    private static readonly Dictionary<string, IdForm> Ids = new(StringComparer.OrdinalIgnoreCase) { ["salesforce"] = IdForm.Salesforce };

    private static readonly Dictionary<string, char> Marks = new(StringComparer.Ordinal) { ["."] = '.', [","] = ',' };

    public static RecipeFormat Read(YamlMappingNode? node, RecipeFaults faults)
    {
        if (node is null)
        {
            return new();
        }

        var map = new RecipeMap(node, faults, "format", "delimiter", "encoding", "headerLine", "decimal", "missing", "zone", "times", "ids");
        IReadOnlyList<string> times = map.Words("times") ?? [];
        foreach (string format in times.Where(format => !TimeReader.IsFormat(format)))
        {
            faults.Add(map.Value("times")!, $"'{format}' is no format of times; expected one with year, month and day such as dd/MM/yyyy HH:mm");
        }

        foreach (string format in times.Where(TimeReader.QuotesItsZone))
        {
            faults.Add(map.Value("times")!, $"'{format}' would pass over the word for UTC that it quotes, and read a local time; expected Z without quotes, or no format for times such as 2025-03-05 10:14:00 UTC, which are read without");
        }

        return new()
        {
            Csv = new()
            {
                Delimiter = Choose(map, "delimiter", Delimiters, faults),
                Encoding = Choose(map, "encoding", Encodings, faults),
                HeaderLine = HeaderLine(map, faults),
                Missing = map.Words("missing") is { } words ? new(words) : MissingWords.Default,
            },
            DecimalMark = map.Has("decimal") ? Choose(map, "decimal", Marks, faults) : '.',
            Zone = Zone(map, faults),
            Ids = Choose(map, "ids", Ids, faults),

            // The rest of the recipe is read with the good ones, so that all faults are told at once.
            Times = [.. times.Where(TimeReader.IsFormat)],
        };
    }

    private static T? Choose<T>(RecipeMap map, string key, Dictionary<string, T> choices, RecipeFaults faults)
    {
        if (map.Text(key) is not { } text)
        {
            return default;
        }

        if (!choices.TryGetValue(text, out T? choice))
        {
            faults.Add(map.Value(key)!, $"'{key}' is '{text}'; expected one of {string.Join(", ", choices.Keys.Where(name => name != "\t"))}");
        }

        return choice;
    }

    private static int HeaderLine(RecipeMap map, RecipeFaults faults)
    {
        const int most = 100;
        if (map.Text("headerLine") is not { } text)
        {
            return 1;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int line) && line is >= 1 and <= most)
        {
            return line;
        }

        faults.Add(map.Value("headerLine")!, $"'headerLine' is '{text}'; expected the number of the line that the column names stand on, from 1 to {most}");
        return 1;
    }

    private static TimeZoneInfo Zone(RecipeMap map, RecipeFaults faults)
    {
        if (map.Text("zone") is not { } text)
        {
            return TimeZoneInfo.Utc;
        }

        if (TimeReader.FindZone(text) is { } zone)
        {
            return zone;
        }

        faults.Add(
            map.Value("zone")!, $"'{text}' is no time zone known here; expected UTC, an offset such as +02:00 or a name such as Europe/Berlin");
        return TimeZoneInfo.Utc;
    }
}
