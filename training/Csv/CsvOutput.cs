using System.Buffers;

namespace LeadPredict.Training.Csv;

/// <summary>Writes a CSV file that spreadsheets open safely: comma, <c>\n</c>, UTF-8 by the caller's writer.</summary>
/// <remarks>
/// A text cell that begins with <c>= + - @</c>, tab or carriage return would run as a formula; an apostrophe is put before it.
/// Numbers are left alone.
/// </remarks>
internal sealed class CsvOutput(TextWriter writer)
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");

    /// <summary>Writes one record.</summary>
    public void Write(params ReadOnlySpan<string?> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                writer.Write(',');
            }

            WriteCell(cells[i] ?? "");
        }

        writer.Write('\n');
    }

    private void WriteCell(string cell)
    {
        if (cell.Length == 0)
        {
            return;
        }

        bool guard = Formula.Contains(cell[0]) && !CsvNumber.TryRead(cell, '.', out _);
        bool quote = cell.AsSpan().ContainsAny(NeedQuotes) || char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1]);
        if (quote)
        {
            writer.Write('"');
        }

        if (guard)
        {
            writer.Write('\'');
        }

        writer.Write(quote ? cell.Replace("\"", "\"\"", StringComparison.Ordinal) : cell);
        if (quote)
        {
            writer.Write('"');
        }
    }
}
