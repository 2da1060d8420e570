using LeadPredict.Features.Words;

namespace LeadPredict.Training.Csv;

/// <summary>Reads the cells of a <see cref="CsvBlock"/>'s rows.</summary>
/// <param name="bytes">The block's text; ends with a line end.</param>
/// <param name="delimiter">What parts the cells.</param>
/// <param name="missing">The words that mean missing.</param>
/// <param name="to">Where the cells go.</param>
/// <param name="texts">One a column of texts; added to.</param>
/// <param name="tallies">One a column; added to.</param>
internal readonly ref struct BlockRows(
    ReadOnlySpan<byte> bytes, byte delimiter, byte[][] missing, ColumnCells to, TextDictionary[] texts, NumberTally[] tallies)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly CsvCells _cells = new(bytes, delimiter, missing);

    /// <summary>Reads rows whatever their cells look like.</summary>
    /// <param name="at">Where the first row begins; moved past the last.</param>
    /// <param name="row">The number of the first row.</param>
    /// <param name="end">The number of the row after the last.</param>
    /// <returns>As <see cref="CsvBlock.Read"/>.</returns>
    public int ReadByRow(ref int at, int row, int end)
    {
        for (; row < end; row++)
        {
            for (int column = 0; column < to.Uses.Length; column++)
            {
                if (ReadCell(ref at, row, column) is var found and not CsvBlock.Done)
                {
                    return found;
                }
            }
        }

        return CsvBlock.Done;
    }

    /// <summary>Reads rows column by column: what comes next is then of the kind that came before, and goes beside it.</summary>
    /// <param name="at">Where the first row begins; moved past the last.</param>
    /// <param name="row">The number of the first row.</param>
    /// <param name="end">The number of the row after the last.</param>
    /// <param name="ends">Where the cells end, see <see cref="CellEnds.Places"/>.</param>
    /// <returns>As <see cref="CsvBlock.Read"/>.</returns>
    public int ReadByColumn(ref int at, int row, int end, ReadOnlySpan<int> ends)
    {
        int columns = to.Uses.Length;
        for (int column = 0; column < columns; column++)
        {
            int found = to.Uses[column] == ColumnUse.NumbersOrTexts ? ReadNumbers(row, end, column, ends) : ReadOthers(row, end, column, ends);
            if (found != CsvBlock.Done)
            {
                return found;
            }
        }

        at = ends[(end - row) * columns] + 1;
        return CsvBlock.Done;
    }

    private int ReadNumbers(int firstRow, int endRow, int column, ReadOnlySpan<int> ends)
    {
        int columns = to.Uses.Length;
        bool last = column == columns - 1;
        Span<float> numbers = to.Numbers[column].AsSpan(firstRow, endRow - firstRow);

        // Plain numbers are added up here, where they stay in registers.
        int present = 0;
        int whole = 0;
        (double minimum, double maximum) = (double.PositiveInfinity, double.NegativeInfinity);
        var shapes = NumberShapes.None;
        for (int row = 0, cell = column; row < numbers.Length; row++, cell += columns)
        {
            int start = ends[cell] + 1;
            int end = ends[cell + 1];
            end -= last && end > start && _bytes[end - 1] == '\r' ? 1 : 0;
            if (ShortNumber.TryRead(_bytes, start, end, out double number, out NumberShapes shape))
            {
                numbers[row] = (float)number;
                present++;
                whole += number == Math.Floor(number) ? 1 : 0;
                minimum = number < minimum ? number : minimum;
                maximum = number > maximum ? number : maximum;
                shapes |= shape;
            }
            else if (ReadCell(ref start, firstRow + row, column) is var found and not CsvBlock.Done)
            {
                return found;
            }
        }

        tallies[column].Add(new() { Present = present, WholeNumbers = whole, Minimum = minimum, Maximum = maximum, Shapes = shapes });
        return CsvBlock.Done;
    }

    private int ReadOthers(int firstRow, int endRow, int column, ReadOnlySpan<int> ends)
    {
        for (int row = firstRow, cell = column; row < endRow; row++, cell += to.Uses.Length)
        {
            int start = ends[cell] + 1;
            if (ReadCell(ref start, row, column) is var found and not CsvBlock.Done)
            {
                return found;
            }
        }

        return CsvBlock.Done;
    }

    /// <summary>Reads one cell, and passes over what ends it.</summary>
    private int ReadCell(ref int at, int row, int column)
    {
        bool last = column == to.Uses.Length - 1;
        switch (to.Uses[column])
        {
            case ColumnUse.NumbersOrTexts:
                bool isNumber = _cells.TryNumber(ref at, last, ref tallies[column], out double number);
                to.Numbers[column]![row] = FeatureNumber.Of(number);
                return isNumber ? CsvBlock.Done : _cells.TrySkip(ref at, last) ? column : CsvBlock.NotForThisReader;
            case ColumnUse.Texts:
                return Read(_cells.TryText(ref at, last, texts[column], out to.Codes[column]![row]));
            case ColumnUse.Label:
                return Read(_cells.TryLabel(ref at, last, out to.Labels[row]));
            default:
                return Read(_cells.TrySkip(ref at, last));
        }
    }

    private static int Read(bool read) => read ? CsvBlock.Done : CsvBlock.NotForThisReader;
}
