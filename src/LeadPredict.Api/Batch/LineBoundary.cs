namespace LeadPredict.Api.Batch;

/// <summary>Lines; those that are blank are none.</summary>
internal sealed class LineBoundary : IItemBoundary
{
    public ItemCut? Next(ReadOnlySpan<byte> bytes, ref int scanned, bool end)
    {
        int found = bytes[scanned..].IndexOf((byte)'\n');
        if (found < 0)
        {
            scanned = bytes.Length;
            return end && bytes.Length > 0 ? new(Trimmed(bytes), bytes.Length) : null;
        }

        int length = scanned + found;
        return new(Trimmed(bytes[..length]), length + 1);
    }

    private static Range Trimmed(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) is var first and >= 0 ? first..(line.LastIndexOfAnyExcept(" \t\r"u8) + 1) : 0..0;
}
