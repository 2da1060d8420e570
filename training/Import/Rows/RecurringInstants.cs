using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Import.Rows;

/// <summary>
/// The instants of fields that files tell more than once, found when they are read first, so that <see cref="ToldValues"/> holds no others when they are read again.
/// A bit tells of each instant that it was told; one whose bit another has already is held needlessly, which changes nothing else.
/// </summary>
/// <param name="words">How many times 64 bits there are.</param>
internal sealed class RecurringInstants(int words)
{
    private const int Bits = 64, BytesAWord = 256, Fewest = 1 << 10, Most = 1 << 24;
    private readonly HashSet<ulong> _recurring = [];
    private ulong[] _told = new ulong[words];

    /// <summary>For files of so many bytes: a bit for every four, up to 128 MB.</summary>
    public static RecurringInstants Of(long bytes) => new((int)Math.Clamp(bytes / BytesAWord, Fewest, Most));

    /// <summary>How many are held.</summary>
    public int Count => _recurring.Count;

    /// <summary>Notes an instant that is told.</summary>
    public void Note(AttributeChange change)
    {
        ulong instant = RowHash.OfInstant(change);
        ulong bit = Math.BigMul(instant, (ulong)_told.Length * Bits, out _);
        ref ulong word = ref _told[bit / Bits];
        ulong mask = 1UL << (int)(bit % Bits);
        if ((word & mask) != 0)
        {
            _recurring.Add(instant);
        }

        word |= mask;
    }

    /// <summary>Ends the noting, whose bits are needed no more.</summary>
    public void Seal() => _told = [];

    /// <summary>Whether an instant was told more than once, or may have been.</summary>
    public bool Has(AttributeChange change) => _recurring.Contains(RowHash.OfInstant(change));
}
