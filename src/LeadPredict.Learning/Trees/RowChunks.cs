namespace LeadPredict.Learning.Trees;

/// <summary>Shares out rows to a crew in chunks of fixed bounds, so that what is done to a chunk does not depend on how many threads there are.</summary>
internal static class RowChunks
{
    /// <summary>Some microseconds of work each.</summary>
    public const int Length = 4096;

    /// <summary>The number of chunks that so many rows make.</summary>
    public static int Count(int rows) => (rows + Length - 1) / Length;

    /// <summary>Calls <paramref name="body"/> for each chunk with its number, its first row and the row after its last, at the same time.</summary>
    public static void Run(ThreadCrew crew, int rows, Action<int, int, int> body) =>
        crew.Run(Count(rows), (_, chunk) => body(chunk, chunk * Length, Math.Min(rows, (chunk + 1) * Length)));
}
