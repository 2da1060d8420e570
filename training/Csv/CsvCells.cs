using System.Text;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.Csv;

/// <summary>Reads one cell after the other from bytes that end with a line end.</summary>
internal readonly ref struct CsvCells(ReadOnlySpan<byte> bytes, byte delimiter, byte[][] missing)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Reads a number, NaN for a missing one; false, and nothing is passed over, when the cell or what follows it is something else.</summary>
    public bool TryNumber(ref int at, bool last, ref NumberTally tally, out double number)
    {
        int start = at;
        number = double.NaN;
        if (at >= _bytes.Length)
        {
            return false;
        }

        bool quoted = _bytes[at] == '"';
        at += quoted ? 1 : 0;
        if (at < _bytes.Length && NumberCell.TryPlain(_bytes, ref at, out double plain, out NumberShapes shape)
            && (!quoted || _bytes[at++] == '"') && TryEnd(ref at, last))
        {
            number = plain;
            tally.Add(plain, shape);
            return true;
        }

        at = start;
        if (TryText(ref at, last, out ReadOnlySpan<byte> cell, out _))
        {
            cell = cell.Trim((byte)' ');
            if (cell.IsEmpty || IsMissing(cell))
            {
                return true;
            }

            if (NumberCell.TryAny(cell, out number))
            {
                tally.Add(number, NumberShapes.Other);
                return true;
            }
        }

        at = start;
        return false;
    }

    /// <summary>Reads a label: 0, 1 or another of the <see cref="LabelWords"/>.</summary>
    public bool TryLabel(ref int at, bool last, out byte label)
    {
        label = 0;
        if (!TryText(ref at, last, out ReadOnlySpan<byte> cell, out _))
        {
            return false;
        }

        bool? read = LabelWords.Read(cell.Trim((byte)' '));
        label = read == true ? (byte)1 : (byte)0;
        return read is not null;
    }

    /// <summary>Reads the number of a text.</summary>
    public bool TryText(ref int at, bool last, TextDictionary texts, out int code)
    {
        code = 0;
        if (!TryText(ref at, last, out ReadOnlySpan<byte> cell, out bool doubled))
        {
            return false;
        }

        code = texts.CodeOf(doubled ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(cell).Replace("\"\"", "\"", StringComparison.Ordinal)) : cell);
        return true;
    }

    /// <summary>Passes over a cell that nobody wants.</summary>
    public bool TrySkip(ref int at, bool last) => TryText(ref at, last, out _, out _);

    /// <summary>
    /// The next cell, without the quotes around it; false for a quote elsewhere, for a line end or control character in it, and for the wrong
    /// number of cells in a line.
    /// </summary>
    private bool TryText(ref int at, bool last, out ReadOnlySpan<byte> cell, out bool doubled)
    {
        doubled = false;
        cell = default;
        if (at < _bytes.Length && _bytes[at] == '"')
        {
            return TryQuoted(ref at, last, out cell, out doubled);
        }

        int start = at;
        while (at < _bytes.Length && _bytes[at] != delimiter && _bytes[at] is not ((byte)'\n' or (byte)'\r'))
        {
            if (_bytes[at] is < (byte)' ' or 0x7F or (byte)'"')
            {
                return false;
            }

            at++;
        }

        cell = _bytes[start..at];
        return at < _bytes.Length && TryEnd(ref at, last);
    }

    private bool TryQuoted(ref int at, bool last, out ReadOnlySpan<byte> cell, out bool doubled)
    {
        int start = ++at;
        doubled = false;
        cell = default;
        while (at < _bytes.Length)
        {
            byte next = _bytes[at];
            if (next == '"')
            {
                if (at + 1 < _bytes.Length && _bytes[at + 1] == '"')
                {
                    doubled = true;
                    at += 2;
                    continue;
                }

                cell = _bytes[start..at++];
                return at < _bytes.Length && TryEnd(ref at, last);
            }

            if (next is < (byte)' ' or 0x7F)
            {
                return false;
            }

            at++;
        }

        return false;
    }

    /// <summary>Passes over what ends a cell: the delimiter, or a line end after the last.</summary>
    private bool TryEnd(ref int at, bool last)
    {
        if (!last)
        {
            return _bytes[at] == delimiter && ++at < _bytes.Length;
        }

        if (_bytes[at] == '\r')
        {
            at++;
        }

        return at < _bytes.Length && _bytes[at++] == '\n';
    }

    private bool IsMissing(ReadOnlySpan<byte> cell)
    {
        foreach (byte[] word in missing)
        {
            if (cell.SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }
}
