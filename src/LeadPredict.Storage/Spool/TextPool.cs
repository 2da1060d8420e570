using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace LeadPredict.Storage.Spool;

/// <summary>Numbers different texts in the order in which they first come, and keeps what is made of each: many rows say the same.</summary>
/// <remarks>
/// Texts are looked up by their UTF-8 bytes as they come from a store, so that no string is made of what is known. Filled by one thread; read
/// by many after that.
/// </remarks>
/// <param name="most">So many different texts are kept at most; those after are not numbered.</param>
/// <param name="make">What is made of a text, once.</param>
internal sealed class TextPool<T>(int most, Func<string, T> make)
{
    /// <summary>Different in each process, so that nobody can send texts that all fall together.</summary>
    private static readonly ulong Seed = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private readonly List<string> _texts = [];
    private readonly List<T> _values = [];

    /// <summary>Open addressing; a number plus one, 0 for free, with the hash so that few texts are compared in vain. A power of two, at most half full.</summary>
    private (ulong Hash, int Number)[] _slots = new (ulong, int)[1024];

    /// <summary>Whether two texts of the pool have one hash, which so many bits make all but impossible.</summary>
    private bool _hashesMeet;

    public int Count => _texts.Count;

    public T this[int number] => _values[number];

    /// <summary>The number of a text, or -1 when it is not here.</summary>
    public int Find(ReadOnlySpan<byte> utf8) => _slots[SlotOf(utf8, Hash(utf8))].Number - 1;

    /// <summary>The number of a text that is here for sure: while all hashes differ, the one of its hash, without a look at the texts, which lie all over the memory.</summary>
    /// <param name="hash">Of the text.</param>
    /// <param name="utf8">The text.</param>
    public int FindKnown(ulong hash, ReadOnlySpan<byte> utf8) => _hashesMeet ? Find(utf8) : _slots[SlotOf(hash)].Number - 1;

    /// <summary>
    /// Looks where texts of these hashes are, so that they are found at once afterwards: slots of a large pool are far away, and several can be
    /// fetched in the time of one, as long as none has to wait for what is done with the other.
    /// </summary>
    /// <returns>How many such places are taken, which is all that is known of them yet.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Fetch(ReadOnlySpan<ulong> hashes)
    {
        (ulong Hash, int Number)[] slots = _slots;
        int taken = 0;
        foreach (ulong hash in hashes)
        {
            taken += Math.Sign(slots[(int)hash & (slots.Length - 1)].Number);
        }

        return taken;
    }

    /// <summary>The number of a text, new or not; -1 when it is new and there is no more room.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> utf8)
    {
        ulong hash = Hash(utf8);
        int slot = SlotOf(utf8, hash);
        if (_slots[slot].Number > 0 || Count == most)
        {
            return _slots[slot].Number - 1;
        }

        _hashesMeet |= _slots[SlotOf(hash)].Number > 0;
        string text = Encoding.UTF8.GetString(utf8);
        _texts.Add(text);
        _values.Add(make(text));
        _slots[slot] = (hash, Count);
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    /// <summary>A number that different texts hardly share.</summary>
    public static ulong Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong odd = 0x9E3779B97F4A7C15;
        ulong hash = Seed ^ (ulong)utf8.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(utf8);
        foreach (ulong word in words)
        {
            hash = BitOperations.RotateLeft((hash ^ word) * odd, 29);
        }

        if (utf8.Length % sizeof(ulong) > 0)
        {
            // What is left, with bytes before it where there are enough.
            ulong rest = 0;
            utf8[Math.Max(0, utf8.Length - sizeof(ulong))..].CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref rest)));
            hash = BitOperations.RotateLeft((hash ^ rest) * odd, 29);
        }

        hash *= odd;
        return hash ^ (hash >> 32);
    }

    /// <summary>The slot of a text, or the free one where it belongs.</summary>
    private int SlotOf(ReadOnlySpan<byte> utf8, ulong hash)
    {
        int slot = SlotOf(hash);
        while (_slots[slot].Number > 0 && !(_slots[slot].Hash == hash && Is(_texts[_slots[slot].Number - 1], utf8)))
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }

    /// <summary>The slot of the first text of that hash, or the free one where it belongs.</summary>
    private int SlotOf(ulong hash)
    {
        (ulong Hash, int Number)[] slots = _slots;
        int slot = (int)hash & (slots.Length - 1);
        while (slots[slot].Hash != hash && slots[slot].Number > 0)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }

    private static bool Is(string text, ReadOnlySpan<byte> utf8) =>
        Ascii.Equals(utf8, text) || (!Ascii.IsValid(utf8) && Encoding.UTF8.GetString(utf8) == text);

    private void Grow()
    {
        (ulong Hash, int Number)[] before = _slots;
        _slots = new (ulong, int)[before.Length * 2];
        foreach ((ulong Hash, int Number) taken in before.Where(slot => slot.Number > 0))
        {
            int slot = (int)taken.Hash & (_slots.Length - 1);
            while (_slots[slot].Number > 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = taken;
        }
    }
}
