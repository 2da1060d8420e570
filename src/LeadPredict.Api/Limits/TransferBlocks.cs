using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace LeadPredict.Api.Limits;

/// <summary>
/// The memory that requests are received into and answers are sent from, in blocks of 64 KB where the server's own have 4 KB: a lead with its touches and
/// its answer then lie in one piece each, which spares copies, and a batch takes a sixteenth of the calls to the system. What was given back last is lent
/// first, while the processor still has it near. A connection that waits holds none.
/// </summary>
internal sealed class TransferBlocks : IMemoryPoolFactory<byte>
{
    /// <summary>Bytes in a block.</summary>
    public const int Bytes = 64 * 1024;

    /// <summary>How many blocks are kept for the next requests at most: 16 MB. Those beyond are left to the collector.</summary>
    public const int MostSpare = 256;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly Stack<Block> _spare = new(MostSpare);
        private readonly Lock _lock = new();

        public override int MaxBufferSize => Bytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, Bytes);
            lock (_lock)
            {
                if (_spare.TryPop(out Block? block))
                {
                    return block;
                }
            }

            return new Block(this);
        }

        protected override void Dispose(bool disposing)
        {
            lock (_lock)
            {
                _spare.Clear();
            }
        }

        private sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            // Pinned, since the system reads and writes it while the collector may move what is not.
            private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Bytes, pinned: true);

            public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_bytes, 0, Bytes);

            public void Dispose()
            {
                lock (pool._lock)
                {
                    if (pool._spare.Count < MostSpare)
                    {
                        pool._spare.Push(this);
                    }
                }
            }
        }
    }
}
