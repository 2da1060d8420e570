using LeadPredict.Storage.Spool;

namespace LeadPredict.Storage.Scores;

/// <summary>
/// Scores that go to the store or to a <see cref="ScoreSpool"/> together, one after the other in one piece of memory, as the bytes in which they wait in
/// a file: a score is packed once, where it was given, and no object stays behind. For one thread at a time.
/// </summary>
public sealed class ScorePage
{
    /// <summary>How many bytes a page has room for, some hundred scores.</summary>
    public const int Bytes = 128 * 1024;

    [ThreadStatic]
    private static PackedRow? _row;

    private readonly byte[] _own = GC.AllocateUninitializedArray<byte>(Bytes);
    private byte[] _bytes;
    private int _filled;

    /// <summary>An empty page.</summary>
    public ScorePage() => _bytes = _own;

    /// <summary>How many scores it holds.</summary>
    public int Count { get; private set; }

    internal ReadOnlySpan<byte> Packed => _bytes.AsSpan(0, _filled);

    /// <summary>The bytes of a score, for <see cref="TryAdd"/>; until the thread packs the next.</summary>
    /// <param name="score">The score with its answer.</param>
    public static ReadOnlySpan<byte> Pack(LoggedScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        PackedRow row = _row ??= new();
        row.Clear();
        ScorePacking.Write(row, score);
        return row.Bytes;
    }

    /// <summary>Adds a score; false when it has no room here. An empty page takes any score.</summary>
    /// <param name="packed">Its bytes, which are copied.</param>
    public bool TryAdd(ReadOnlySpan<byte> packed)
    {
        if (packed.Length > _bytes.Length - _filled)
        {
            if (Count > 0)
            {
                return false;
            }

            _bytes = GC.AllocateUninitializedArray<byte>(packed.Length);
        }

        packed.CopyTo(_bytes.AsSpan(_filled));
        _filled += packed.Length;
        Count++;
        return true;
    }

    /// <summary>Appends the scores in the order in which they were added. Their answers lie in the page, until it is cleared.</summary>
    public void Unpack(List<LoggedScore> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        ScorePacking.Read(_bytes.AsMemory(0, _filled), into);
    }

    /// <summary>Forgets all, to be filled again.</summary>
    public void Clear()
    {
        (_bytes, _filled, Count) = (_own, 0, 0);
    }
}
