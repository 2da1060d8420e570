using LeadPredict.Features.Profiles;
using Microsoft.Win32.SafeHandles;

namespace LeadPredict.Training.Csv;

/// <summary>
/// A CSV file of plain numbers read straight into columns, block by block on all processors: once to count the rows, once to read them. A
/// file with a quote, a text, a blank line or a row of the wrong length is not for it; <see cref="CsvTable"/> reads those, and says what is
/// wrong and where.
/// </summary>
internal sealed class NumericCsv
{
    private const int BlockBytes = 1 << 20;
    private const int MostWholeNumber = 1 << 24;
    private const int MostCompared = 20_000;

    private NumericCsv(NumberColumn?[] columns, byte[] labels)
    {
        Columns = columns;
        Labels = labels;
    }

    /// <summary>In the file's order; null for the label and for columns that were not wanted.</summary>
    public IReadOnlyList<NumberColumn?> Columns { get; }

    /// <summary>0 or 1, one a row.</summary>
    public byte[] Labels { get; }

    /// <summary>Reads a file, or gives null when it is written in another way.</summary>
    /// <param name="path">UTF-8 with a header.</param>
    /// <param name="delimiter">What parts the cells.</param>
    /// <param name="read">For each column whether it is wanted.</param>
    /// <param name="label">The label's column: 0 or 1, with <c>.0</c> or without.</param>
    /// <param name="missing">The words that mean missing, compared exactly.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static NumericCsv? TryRead(
        string path, char delimiter, bool[] read, int label, IReadOnlyList<string> missing, CancellationToken cancellation)
    {
        if (delimiter is not (',' or ';' or '\t' or '|'))
        {
            return null;
        }

        using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        long length = RandomAccess.GetLength(file);
        if (NumericBlock.HeaderEnd(file) is not { } start || (length - start) / 2 > int.MaxValue)
        {
            return null;
        }

        int blocks = (int)((length - start + BlockBytes - 1) / BlockBytes);
        NumericBlock Block(int block) => new(file, start + ((long)block * BlockBytes), Math.Min(length, start + ((block + 1L) * BlockBytes)), length);
        var firstRow = new int[blocks + 1];
        var parallel = new ParallelOptions { CancellationToken = cancellation };
        Parallel.For(0, blocks, parallel, block => firstRow[block + 1] = Block(block).CountRows());
        for (int block = 0; block < blocks; block++)
        {
            firstRow[block + 1] += firstRow[block];
        }

        int rows = firstRow[blocks];
        float[]?[] values = [.. read.Select((wanted, column) => wanted && column != label ? GC.AllocateUninitializedArray<float>(rows) : null)];
        var labels = new byte[rows];
        var tallies = new NumberTally[blocks][];
        byte[][] words = [.. missing.Select(System.Text.Encoding.UTF8.GetBytes)];
        ParallelLoopResult done = Parallel.For(0, blocks, parallel, (block, loop) =>
        {
            tallies[block] = new NumberTally[read.Length];
            Array.Fill(tallies[block], NumberTally.Empty);
            if (!Block(block).Read(values, labels, label, firstRow[block], firstRow[block + 1], (byte)delimiter, words, tallies[block]))
            {
                loop.Stop();
            }
        });
        return done.IsCompleted && rows > 0
            ? new NumericCsv([.. values.Select((column, i) => column is null ? null : new NumberColumn(column, Summary(column, tallies, i)))], labels)
            : null;
    }

    private static NumberSummary Summary(float[] values, NumberTally[][] tallies, int column)
    {
        NumberTally sum = NumberTally.Empty;
        foreach (NumberTally[] tally in tallies)
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
