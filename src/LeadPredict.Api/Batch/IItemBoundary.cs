namespace LeadPredict.Api.Batch;

/// <summary>Knows where items end.</summary>
internal interface IItemBoundary
{
    /// <summary>The next item, or null when more bytes are needed.</summary>
    /// <param name="bytes">From the end of the item before.</param>
    /// <param name="scanned">How many of these were looked at before in vain; moved on, so that none is looked at twice.</param>
    /// <param name="end">Whether nothing comes after these bytes.</param>
    ItemCut? Next(ReadOnlySpan<byte> bytes, ref int scanned, bool end);
}

/// <summary>An item that was found.</summary>
/// <param name="Item">Its bytes; empty where there is nothing to answer, as for a blank line.</param>
/// <param name="Length">How many bytes it took up with what parts it from the next.</param>
internal readonly record struct ItemCut(Range Item, int Length);
