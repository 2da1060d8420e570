using System.Buffers.Binary;
using System.Numerics;

namespace LeadPredict.Training.Csv;

/// <summary>Numbers the different texts of a column in the order in which they first come, from their bytes and without a string for each cell.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class TextDictionary
{
    private readonly List<Entry> _entries = [];
    private int[] _slots = new int[16];
    private byte[] _bytes = new byte[64];
    private int _used;

    /// <summary>How many different texts there are.</summary>
    public int Count => _entries.Count;

    /// <summary>How many bytes they take.</summary>
    public int Bytes => _used;

    /// <summary>The bytes of a text.</summary>
    public ReadOnlySpan<byte> this[int code] => _bytes.AsSpan(_entries[code].Start, _entries[code].Length);

    /// <summary>The number of a text, a new one if it has not come before.</summary>
    public int CodeOf(ReadOnlySpan<byte> text)
    {
        uint hash = Hash(text);
        int slot = (int)(hash & (uint)(_slots.Length - 1));
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            Entry entry = _entries[_slots[slot] - 1];
            if (entry.Hash == hash && _bytes.AsSpan(entry.Start, entry.Length).SequenceEqual(text))
            {
                return _slots[slot] - 1;
            }
        }

        if (_used + text.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, (long)_used + text.Length)));
        }

        text.CopyTo(_bytes.AsSpan(_used));
        _entries.Add(new Entry(hash, _used, text.Length));
        _used += text.Length;
        _slots[slot] = _entries.Count;
        if (_entries.Count * 2 > _slots.Length)
        {
            Grow();
        }

        return _entries.Count - 1;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        // Eight bytes a step; the last ones may be taken twice, and the length tells texts of zeros apart.
        ulong hash = (ulong)text.Length * 0x9E37_79B9_7F4A_7C15;
        while (text.Length > 8)
        {
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text)) * 0xBF58_476D_1CE4_E5B9, 31);
            text = text[8..];
        }

        ulong last = 0;
        for (int i = 0; i < text.Length; i++)
        {
            last |= (ulong)text[i] << (8 * i);
        }

        hash = (hash ^ last) * 0x94D0_49BB_1331_11EB;
        return (uint)(hash >> 32) ^ (uint)(hash >> 15);
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (int code = 0; code < _entries.Count; code++)
        {
            int slot = (int)(_entries[code].Hash & (uint)(_slots.Length - 1));
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = code + 1;
        }
    }

    private readonly record struct Entry(uint Hash, int Start, int Length);
}
