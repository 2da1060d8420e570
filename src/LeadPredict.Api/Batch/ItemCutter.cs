using System.Buffers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Batch;

/// <summary>Cuts a body into items as it comes in: the lines of NDJSON, or the elements of a JSON array. Holds no more than one chunk and one item.</summary>
/// <param name="body">The body, decompressed.</param>
/// <param name="boundary">Where an item ends.</param>
internal sealed class ItemCutter(Stream body, IItemBoundary boundary) : IDisposable
{
    private const int MostItems = 256;
    private const int ReadAhead = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadAhead);
    private int _filled;
    private int _scanned;
    private int _items;
    private long _total;
    private bool _cutShort;

    /// <summary>The items that have come in whole, at least one; null after the last. One that is too large is cut short, but longer than an item may be.</summary>
    /// <exception cref="ProblemException">The body is too large.</exception>
    /// <exception cref="RequestFaultsException">The body is no array.</exception>
    public async ValueTask<ItemChunk?> NextAsync(CancellationToken cancellation)
    {
        var items = new List<Range>();
        int start = 0;
        while (true)
        {
            Cut(items, ref start, end: false);
            if (items.Count > 0)
            {
                return Chunk(items, start);
            }

            if (start > 0)
            {
                Keep(start);
                start = 0;
            }

            if (_cutShort)
            {
                DropRest();
            }
            else if (_filled > RequestLimits.BodyBytes)
            {
                items.Add(.._filled);
                ItemChunk chunk = Chunk(items, _filled);
                _cutShort = true;
                DropRest();
                return chunk;
            }

            Grow();
            int read = await body.ReadAsync(_buffer.AsMemory(_filled), cancellation);
            _filled += read;
            _total += read;
            if (_total > RequestLimits.BatchBytes)
            {
                throw new ProblemException(ProblemKind.TooLarge, $"The body is larger than {RequestLimits.BatchBytes / 1024 / 1024} MB; send it in parts.");
            }

            if (read == 0)
            {
                Cut(items, ref start, end: true);
                return items.Count > 0 ? Chunk(items, _filled) : null;
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Cut(List<Range> items, ref int start, bool end)
    {
        while (items.Count < MostItems && boundary.Next(_buffer.AsSpan(start, _filled - start), ref _scanned, end) is { } cut)
        {
            if (_cutShort)
            {
                _cutShort = false;
            }
            else if (cut.Item.Start.Value < cut.Item.End.Value)
            {
                items.Add(new(start + cut.Item.Start.Value, start + cut.Item.End.Value));
            }

            start += cut.Length;
            _scanned = 0;
        }
    }

    /// <summary>The chunk takes the buffer along; what was not cut yet goes on in another.</summary>
    private ItemChunk Chunk(List<Range> items, int start)
    {
        var chunk = new ItemChunk(_buffer, items, _items);
        _items += items.Count;
        byte[] next = ArrayPool<byte>.Shared.Rent(Math.Max(ReadAhead, _filled - start));
        _buffer.AsSpan(start, _filled - start).CopyTo(next);
        _buffer = next;
        _filled -= start;
        return chunk;
    }

    /// <summary>Keeps of an item that was cut short one byte alone, since it is not empty; the boundary has looked at all of it.</summary>
    private void DropRest()
    {
        _buffer[0] = (byte)'x';
        _filled = _scanned = 1;
    }

    private void Keep(int start)
    {
        _buffer.AsSpan(start, _filled - start).CopyTo(_buffer);
        _filled -= start;
    }

    private void Grow()
    {
        if (_filled < _buffer.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

/// <summary>Items that came in together. Its buffer goes back to the pool when it is disposed.</summary>
/// <param name="Buffer">The bytes.</param>
/// <param name="Items">Where each item stands in them.</param>
/// <param name="First">The first item's place in the body, from 0.</param>
internal sealed record ItemChunk(byte[] Buffer, IReadOnlyList<Range> Items, int First) : IDisposable
{
    public ReadOnlyMemory<byte> this[int item] => Buffer.AsMemory(Items[item]);

    public void Dispose() => ArrayPool<byte>.Shared.Return(Buffer);
}
