using LeadPredict.Features.Profiles;
using Microsoft.Win32.SafeHandles;

namespace LeadPredict.Training.Csv;

/// <summary>
/// A CSV file read straight into columns of numbers and of numbered texts, block by block on all processors and without a string a cell:
/// once to count the rows, once to read them. A file with a line end within quotes, a blank line, a row of the wrong length or anything else
/// that is odd is not for it; <see cref="CsvTable"/> reads those, and says what is wrong and where.
/// </summary>
internal sealed class ColumnCsv
{
    private const int BlockBytes = 1 << 20;
    private const int MostWholeNumber = 1 << 24;
    private const int MostCompared = 20_000;

    /// <summary>A column with more different texts is better read as a stream.</summary>
    private const int MostTexts = 1 << 21;

    private ColumnCsv(NumberColumn?[] numbers, TextColumn?[] texts, byte[] labels, int rows)
    {
        Numbers = numbers;
        Texts = texts;
        Labels = labels;
        RowCount = rows;
    }

    /// <summary>In the file's order; null for all that are not columns of numbers.</summary>
    public IReadOnlyList<NumberColumn?> Numbers { get; }

    /// <summary>In the file's order; null for all that are not columns of texts.</summary>
    public IReadOnlyList<TextColumn?> Texts { get; }

    /// <summary>0 or 1, one a row.</summary>
    public byte[] Labels { get; }

    /// <summary>The number of rows, 1 or more.</summary>
    public int RowCount { get; }

    /// <summary>Reads a file, or gives null when it is written in another way.</summary>
    /// <param name="path">UTF-8 with a header.</param>
    /// <param name="delimiter">What parts the cells.</param>
    /// <param name="uses">What each column is read for.</param>
    /// <param name="missing">The words that mean missing, compared exactly.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ColumnCsv? TryRead(
        string path, char delimiter, IReadOnlyList<ColumnUse> uses, IReadOnlyList<string> missing, CancellationToken cancellation)
    {
        if (delimiter is not (',' or ';' or '\t' or '|') || uses.Count < 2)
        {
            return null;
        }

        using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        long length = RandomAccess.GetLength(file);
        if (CsvBlock.HeaderEnd(file) is not { } start || (length - start) / 2 > int.MaxValue)
        {
            return null;
        }

        int count = (int)((length - start + BlockBytes - 1) / BlockBytes);
        CsvBlock[] blocks = [.. Enumerable.Range(0, count).Select(block => new CsvBlock(
            file, start + ((long)block * BlockBytes), Math.Min(length, start + ((block + 1L) * BlockBytes)), length))];
        var firstRow = new int[count + 1];
        var parallel = new ParallelOptions { CancellationToken = cancellation };
        Parallel.For(0, count, parallel, block => firstRow[block + 1] = blocks[block].CountRows());
        for (int block = 0; block < count; block++)
        {
            firstRow[block + 1] += firstRow[block];
        }

        if (firstRow[count] == 0)
        {
            return null;
        }

        byte[][] words = [.. missing.Select(System.Text.Encoding.UTF8.GetBytes)];
        ColumnUse[] now = [.. uses];

        // The first block tells nearly always which columns are texts; what comes to light later makes the reading begin again.
        for (int upTo = 1; ;)
        {
            var reading = new Reading(blocks[..upTo], firstRow, now, (byte)delimiter, words);
            int found = reading.Run(parallel);
            if (found == CsvBlock.NotForThisReader)
            {
                return null;
            }

            if (found >= 0)
            {
                now[found] = ColumnUse.Texts;
            }
            else if (upTo == count)
            {
                return reading.Finish();
            }
            else
            {
                upTo = count;
            }
        }
    }

    /// <summary>One attempt at some blocks from the first on.</summary>
    private sealed class Reading(CsvBlock[] blocks, int[] firstRow, ColumnUse[] uses, byte delimiter, byte[][] missing)
    {
        private readonly ColumnCells _cells = new([.. uses], firstRow[blocks.Length]);
        private readonly NumberTally[][] _tallies = new NumberTally[blocks.Length][];
        private readonly TextDictionary[][] _texts = new TextDictionary[blocks.Length][];

        /// <summary>See <see cref="CsvBlock.Read"/>; of several columns that are texts one.</summary>
        public int Run(ParallelOptions parallel)
        {
            int result = CsvBlock.Done;
            Parallel.For(0, blocks.Length, parallel, (block, loop) =>
            {
                _tallies[block] = new NumberTally[uses.Length];
                Array.Fill(_tallies[block], NumberTally.Empty);
                _texts[block] = [.. uses.Select(use => use == ColumnUse.Texts ? new TextDictionary() : null!)];
                int found = blocks[block].Read(
                    _cells, _texts[block], _tallies[block], firstRow[block], firstRow[block + 1], delimiter, missing);
                if (found != CsvBlock.Done)
                {
                    Interlocked.CompareExchange(ref result, found, CsvBlock.Done);
                    loop.Stop();
                }
            });
            return result;
        }

        public ColumnCsv? Finish()
        {
            var numbers = new NumberColumn?[uses.Length];
            var texts = new TextColumn?[uses.Length];
            Parallel.For(0, uses.Length, column =>
            {
                numbers[column] = _cells.Numbers[column] is { } values ? new NumberColumn(values, Summary(values, column)) : null;
                texts[column] = _cells.Codes[column] is { } codes
                    ? TextColumn.Join([.. _texts.Select(block => block[column])], firstRow, codes, MostTexts)
                    : null;
            });
            bool whole = uses.Select((use, column) => use != ColumnUse.Texts || texts[column] is not null).All(there => there);
            return whole ? new ColumnCsv(numbers, texts, _cells.Labels, firstRow[^1]) : null;
        }

        private NumberSummary Summary(float[] values, int column)
        {
            NumberTally sum = NumberTally.Empty;
            foreach (NumberTally[] tally in _tallies)
            {
                sum.Add(tally[column]);
            }

            // Written alike, and whole numbers that a float holds: equal values are equal texts.
            bool comparable = sum.Shapes is NumberShapes.Whole or NumberShapes.PointZero
                && sum.Minimum >= -MostWholeNumber && sum.Maximum <= MostWholeNumber;
            return new NumberSummary(sum.Present, sum.WholeNumbers, sum.Minimum, sum.Maximum, comparable && Repeats(values));
        }

        private static bool Repeats(float[] values)
        {
            var seen = new HashSet<float>();
            foreach (float value in values.AsSpan(0, Math.Min(values.Length, MostCompared)))
            {
                if (!float.IsNaN(value) && !seen.Add(value))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
