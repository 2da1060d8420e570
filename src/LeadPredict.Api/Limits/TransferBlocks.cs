using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace LeadPredict.Api.Limits;

/// <summary>
/// The memory that requests are received into and answers are sent from, in blocks of 16 KB where the server's own have 4 KB: a lead with its touches and
/// its answer then lie in one piece each, which spares copies, and a batch takes a quarter of the calls to the system. A connection that waits holds none.
/// </summary>
internal sealed class TransferBlocks : IMemoryPoolFactory<byte>
{
    /// <summary>Bytes in a block.</summary>
    public const int Bytes = 16 * 1024;

    /// <summary>How many blocks are kept for the next requests at most: 4 MB. Those beyond are left to the collector.</summary>
    public const int MostSpare = 256;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly ConcurrentQueue<Block> _spare = new();

        public override int MaxBufferSize => Bytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, Bytes);
            return _spare.TryDequeue(out Block? block) ? block : new(this);
        }

        protected override void Dispose(bool disposing) => _spare.Clear();

        private sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            // Pinned, since the system reads and writes it while the collector may move what is not.
            private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Bytes, pinned: true);

            public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_bytes, 0, Bytes);

            public void Dispose()
            {
                if (pool._spare.Count < MostSpare)
                {
                    pool._spare.Enqueue(this);
                }
            }
        }
    }
}
