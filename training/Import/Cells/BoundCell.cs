using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Cells;

/// <summary>A source of values bound to its place in the rows of one file.</summary>
/// <param name="source">What the recipe says.</param>
/// <param name="place">The cell in the row, from 0; -1 for a constant.</param>
/// <param name="missing">Which cells say nothing.</param>
/// <param name="other">What is read in rows in which this is missing, or null.</param>
/// <param name="rest">What is put behind the value, or null.</param>
internal sealed class BoundCell(CellSource source, int place, MissingWords missing, BoundCell? other, BoundCell? rest)
{
    /// <summary>The name of the column that is read in the row, and behind a point that of the member which is taken of an object; empty for a constant.</summary>
    public string Column(string?[] row) => IsOther(row) ? other!.Column(row)
        : (source.Json is { } members ? $"{source.Column}.{Member(row)?.Name ?? members[0]}" : source.Column ?? "") + (rest is null ? "" : " " + rest.Column(row)).TrimEnd();

    /// <summary>The cell as it stands in the row, of an object the member that is taken; the constant where there is no column.</summary>
    public string Raw(string?[] row) => IsOther(row) ? other!.Raw(row)
        : (Member(row)?.Text ?? (place < 0 ? source.Constant : row[place]) ?? "") + (rest is null ? "" : " " + rest.Raw(row)).TrimEnd();

    /// <summary>The cell in the row, from 0; -1 for a constant.</summary>
    public int Place => place;

    /// <summary>The meaning of the cell without surrounding blanks, or null when it is missing.</summary>
    public string? Read(string?[] row) => Meaning(row) is not { } meaning ? other?.Read(row)
        : rest?.Read(row) is { } behind ? $"{Written(meaning)} {behind}"
        : Written(meaning);

    private string Written(string meaning) => source.Prefix + source.Form.Write(meaning) + source.Suffix;

    private bool IsOther(string?[] row) => other is not null && Meaning(row) is null && other.Read(row) is not null;

    private (string Name, string Text)? Member(string?[] row)
    {
        if (place < 0 || source.Json is not { } members || row[place] is not { } cell)
        {
            return null;
        }

        foreach (string name in members)
        {
            if (JsonCell.Member(cell, name) is { } text && !missing.Contains(text))
            {
                return (name, text);
            }
        }

        return null;
    }

    private string? Meaning(string?[] row)
    {
        if (place < 0)
        {
            return source.Constant;
        }

        if (row[place] is not { } cell || missing.Contains(cell))
        {
            return null;
        }

        string? text = source.Json is null ? cell.Trim() : Member(row)?.Text;
        if (source.FirstOf is { } mark && text is not null)
        {
            text = text.Split(mark, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        }

        if (text is null || missing.Contains(text))
        {
            return null;
        }

        return source.Map is { } map && map.TryGetValue(text, out string? meaning) ? meaning : text;
    }
}
