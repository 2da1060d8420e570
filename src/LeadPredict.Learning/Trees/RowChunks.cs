namespace LeadPredict.Learning.Trees;

/// <summary>Shares out rows to threads in chunks of fixed bounds, so that what is done to a chunk does not depend on how many threads there are.</summary>
internal static class RowChunks
{
    /// <summary>Handing a chunk to a thread costs as much as some thousand rows.</summary>
    public const int Length = 8192;

    /// <summary>The number of chunks that so many rows make.</summary>
    public static int Count(int rows) => (rows + Length - 1) / Length;

    /// <summary>Calls <paramref name="body"/> for each chunk with its number, its first row and the row after its last, at the same time.</summary>
    public static void Run(int rows, Action<int, int, int> body)
    {
        int chunks = Count(rows);
        if (chunks <= 1)
        {
            body(0, 0, rows);
            return;
        }

        Parallel.For(0, chunks, chunk => body(chunk, chunk * Length, Math.Min(rows, (chunk + 1) * Length)));
    }
}
