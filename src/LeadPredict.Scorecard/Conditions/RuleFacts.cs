using System.Collections.Frozen;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;

namespace LeadPredict.Scorecard.Conditions;

/// <summary>
/// What the conditions of one card look at: a snapshot, whose attributes and types of touches are looked up once for all of them. Used again from
/// snapshot to snapshot, so that rules run without allocating. For one thread at a time.
/// </summary>
/// <param name="attributes">The attributes that the card names, by number.</param>
/// <param name="touchTypes">The types of touches that it names, by number.</param>
internal sealed class RuleFacts(FrozenDictionary<string, int> attributes, FrozenDictionary<string, int> touchTypes)
{
    /// <summary>No touch, and no attribute that the card names.</summary>
    public const int None = -1;

    private const int NotSpread = -1;
    private readonly AttributeValue[] _attributes = new AttributeValue[attributes.Count];

    private readonly SeenNames _attributeNumbers = new(attributes, None);
    private readonly SeenNames _typeNumbers = new(touchTypes, touchTypes.Count);

    // The last place stands for types that no rule names.
    private readonly int[] _first = new int[touchTypes.Count + 1];
    private int _touches;
    private int[] _next = new int[64];
    private int[] _types = new int[64];
    private long[] _instants = new long[64];
    private readonly char[]?[] _words = new char[attributes.Count][];
    private readonly int[] _wordLengths = new int[attributes.Count];

    /// <summary>The snapshot.</summary>
    public Snapshot Snapshot { get; private set; } = null!;

    /// <summary>The number of each touch's type; one that no rule names has the number after the last.</summary>
    public ReadOnlySpan<int> Types => _types.AsSpan(0, _touches);

    /// <summary>When each touch happened (UTC ticks, ascending).</summary>
    public ReadOnlySpan<long> TouchInstants => _instants.AsSpan(0, _touches);

    /// <summary>Room for the instants that one condition finds.</summary>
    public List<long> Instants { get; } = [];

    /// <summary>The latest known value of an attribute, missing when it was never set.</summary>
    public AttributeValue Attribute(int number) => _attributes[number];

    /// <summary>The words of an attribute's text as <see cref="WordsTest.Spread"/> writes them; nothing when it is no text.</summary>
    public ReadOnlySpan<char> Words(int number)
    {
        if (_wordLengths[number] == NotSpread)
        {
            ReadOnlySpan<char> text = _attributes[number].Text;
            int room = WordsTest.RoomFor(text.Length);
            if (_words[number] is not { } words || words.Length < room)
            {
                _words[number] = words = new char[Math.Max(room, 128)];
            }

            _wordLengths[number] = text.Length == 0 ? 0 : WordsTest.Spread(text, words);
        }

        return _words[number].AsSpan(0, _wordLengths[number]);
    }

    /// <summary>The first touch of a type, or <see cref="None"/>.</summary>
    public int First(int type) => _first[type];

    /// <summary>The next touch of the same type, or <see cref="None"/>.</summary>
    public int Next(int touch) => _next[touch];

    /// <summary>Whether a touch is of one of the types.</summary>
    /// <param name="numbers">The types' numbers.</param>
    public bool HasTouchOf(ReadOnlySpan<int> numbers)
    {
        foreach (int number in numbers)
        {
            if (_first[number] != None)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Turns to a snapshot.</summary>
    public void Turn(Snapshot snapshot)
    {
        Snapshot = snapshot;
        Array.Clear(_attributes);
        IReadOnlyList<AttributeChange> changes = snapshot.Changes;
        for (int i = 0; i < changes.Count; i++)
        {
            // In order, so that the latest value stays.
            if (_attributeNumbers.Of(changes[i].Name) is var number and not None)
            {
                _attributes[number] = changes[i].Value;
            }
        }

        Array.Fill(_wordLengths, NotSpread);

        ReadOnlySpan<Touch> touches = snapshot.TouchSpan;
        _touches = touches.Length;
        if (_types.Length < touches.Length)
        {
            _types = new int[Math.Max(touches.Length, 2 * _types.Length)];
            _next = new int[_types.Length];
            _instants = new long[_types.Length];
        }

        Array.Fill(_first, None);
        for (int i = touches.Length - 1; i >= 0; i--)
        {
            int number = _typeNumbers.Of(touches[i].Type);
            _types[i] = number;
            _instants[i] = touches[i].OccurredAt.UtcTicks;
            (_next[i], _first[number]) = (_first[number], i);
        }
    }
}
