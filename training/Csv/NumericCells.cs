namespace LeadPredict.Training.Csv;

/// <summary>Reads one cell after the other from bytes that end with a line end.</summary>
internal readonly ref struct NumericCells(ReadOnlySpan<byte> bytes, byte delimiter, byte[][] missing)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Reads a number, NaN for a missing one; false when the cell or what follows it is something else.</summary>
    public bool TryNumber(ref int at, bool last, ref NumberTally tally, out double number)
    {
        int start = at;
        number = double.NaN;
        if (at >= _bytes.Length)
        {
            return false;
        }

        if (NumberCell.TryPlain(_bytes, ref at, out double plain, out NumberShapes shape) && TryEnd(ref at, last))
        {
            number = plain;
            tally.Add(plain, shape);
            return true;
        }

        at = start;
        if (!TryCell(ref at, last, out ReadOnlySpan<byte> cell))
        {
            return false;
        }

        if (cell.IsEmpty || IsMissing(cell))
        {
            return true;
        }

        if (!NumberCell.TryAny(cell, out number))
        {
            return false;
        }

        tally.Add(number, NumberShapes.Other);
        return true;
    }

    /// <summary>Reads a label of the digits 0 and 1.</summary>
    public bool TryLabel(ref int at, bool last, out byte label)
    {
        label = 0;
        if (!TryCell(ref at, last, out ReadOnlySpan<byte> cell))
        {
            return false;
        }

        label = cell.SequenceEqual("1"u8) || cell.SequenceEqual("1.0"u8) ? (byte)1 : (byte)0;
        return label == 1 || cell.SequenceEqual("0"u8) || cell.SequenceEqual("0.0"u8);
    }

    /// <summary>Passes over a cell that nobody wants.</summary>
    public bool TrySkip(ref int at, bool last) => TryCell(ref at, last, out _);

    /// <summary>The next cell without blanks around it; false for quotes, bytes that are not ASCII, and the wrong number of cells in a line.</summary>
    private bool TryCell(ref int at, bool last, out ReadOnlySpan<byte> cell)
    {
        int start = at;
        while (at < _bytes.Length && _bytes[at] != delimiter && _bytes[at] is not ((byte)'\n' or (byte)'\r'))
        {
            if (_bytes[at] is < (byte)' ' or > (byte)'~' or (byte)'"')
            {
                cell = default;
                return false;
            }

            at++;
        }

        cell = _bytes[start..at].Trim((byte)' ');
        return at < _bytes.Length && TryEnd(ref at, last);
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
