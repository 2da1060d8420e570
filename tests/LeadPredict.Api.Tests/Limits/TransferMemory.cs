using System.Buffers;
using LeadPredict.Api.Limits;

namespace LeadPredict.Api.Tests.Limits;

public class TransferMemory
{
    [Fact]
    public void Blocks_InUse_AreEachTheirHoldersAlone()
    {
        using MemoryPool<byte> pool = new TransferBlocks().Create();
        IMemoryOwner<byte>[] held = [.. Enumerable.Range(0, 2 * TransferBlocks.MostSpare).Select(_ => pool.Rent(4096))];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < held.Length; i++)
            {
                held[i].Memory.Length.ShouldBe(TransferBlocks.Bytes);
                held[i].Memory.Span.Fill((byte)i);
            }

            for (int i = 0; i < held.Length; i++)
            {
                held[i].Memory.Span.ContainsAnyExcept((byte)i).ShouldBeFalse();
            }

            // Half of them go back and are taken again.
            for (int i = round % 2; i < held.Length; i += 2)
            {
                held[i].Dispose();
            }

            for (int i = round % 2; i < held.Length; i += 2)
            {
                held[i] = pool.Rent();
            }
        }
    }

    [Fact]
    public void Block_LargerThanTheyAre_IsRefused()
    {
        using MemoryPool<byte> pool = new TransferBlocks().Create();
        Should.Throw<ArgumentOutOfRangeException>(() => pool.Rent(TransferBlocks.Bytes + 1));
        pool.MaxBufferSize.ShouldBe(TransferBlocks.Bytes);
    }
}
