using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>One record at work: its cells, and where what cannot be taken is told.</summary>
internal sealed partial class RowContext(string file, RecipeFormat format, MappedRows rows)
{
    private const int LongestShown = 200;
    private readonly TimeReader _times = new(format);

    public ValueReader Values { get; } = new(format);

    public MappedRows Rows { get; } = rows;

    public string?[] Cells { get; private set; } = [];

    public long Line { get; private set; }

    public void Begin(long line, string?[] cells)
    {
        Line = line;
        Cells = cells;
    }

    public string? Read(BoundCell? cell) => cell?.Read(Cells);

    /// <summary>A cell that must be there and fit a key; null after rejecting it.</summary>
    public string? Key(BoundCell cell)
    {
        string? key = cell.Read(Cells);
        if (key is null)
        {
            Reject(cell, "is missing");
            return null;
        }

        return FitsKey(cell, key) ? key : null;
    }

    /// <summary>An identifier that must be there; null after rejecting it.</summary>
    public string? Id(BoundCell cell) => Key(cell) is { } id && IsWhole(cell) ? id : null;

    /// <summary>Whether the text is an identifier; rejects it otherwise.</summary>
    public bool FitsId(BoundCell cell, string id) => FitsKey(cell, id) && IsWhole(cell);

    /// <summary>Whether the identifier in a cell is no number that a spreadsheet rounded, which is that of several; rejects it otherwise.</summary>
    private bool IsWhole(BoundCell cell)
    {
        if (!RoundedNumber().IsMatch(cell.Raw(Cells).AsSpan().Trim()))
        {
            return true;
        }

        Reject(cell, "is an identifier that a spreadsheet rounded; expected the export as it was written, not saved by a spreadsheet");
        return false;
    }

    /// <summary>Whether the text fits a key; rejects it otherwise.</summary>
    public bool FitsKey(BoundCell cell, string key)
    {
        if (key.Length is > 0 and <= HistoryBatch.LongestKey)
        {
            return true;
        }

        Reject(cell, key.Length == 0 ? "is empty" : $"has {key.Length} characters; expected at most {HistoryBatch.LongestKey}");
        return false;
    }

    /// <summary>The currency in a cell; null when the cell is missing, and after rejecting what looks like none.</summary>
    public string? Currency(BoundCell? cell)
    {
        string? code = Read(cell);
        if (code is null || (code.Length == 3 && code.All(char.IsAsciiLetter)))
        {
            return code;
        }

        Reject(cell!, "is no currency; expected three letters such as EUR, or map it in the recipe");
        return null;
    }

    /// <summary>The time in a cell, null when the cell is missing; false after rejecting one that is no time.</summary>
    public bool TryTime(BoundCell? cell, out DateTimeOffset? instant)
    {
        instant = null;
        if (cell?.Read(Cells) is not { } text)
        {
            return true;
        }

        if (!_times.TryRead(text, out DateTimeOffset read))
        {
            Reject(cell, $"is no time; expected {TimeReader.Expected}");
            return false;
        }

        if (!UtcTime.IsInRange(read))
        {
            Reject(cell, $"is outside {UtcTime.Earliest:yyyy-MM-dd} to {UtcTime.Latest:yyyy-MM-dd}");
            return false;
        }

        instant = UtcTime.Normalize(read);
        return true;
    }

    public void Reject(BoundCell cell, string reason) => Reject(cell.Column(Cells), cell.Raw(Cells), reason);

    public void Reject(string column, string value, string reason) => Rows.Rejects.Add(new(
        file, Line, column, value.Length <= LongestShown ? value : string.Concat(value.AsSpan(0, LongestShown), "..."), reason));

    [GeneratedRegex(@"^\d([.,]\d+)?[eE]\+\d+$")]
    private static partial Regex RoundedNumber();

    /// <summary>Notes that the row tells something of a lead which another file makes.</summary>
    public void Mention(BoundCell cell, string leadId)
    {
        ref List<Reject>? mentions = ref CollectionsMarshal.GetValueRefOrAddDefault(Rows.Mentions, leadId, out _);
        (mentions ??= []).Add(new(file, Line, cell.Column(Cells), leadId, "is a lead that no file made, or that a condition (when) left out; list the file with the leads first"));
    }
}
