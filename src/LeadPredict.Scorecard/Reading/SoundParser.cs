using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LeadPredict.Scorecard.Reading;

/// <summary>The events of a YAML text. What the library stumbles over, or reads as half an entry, is told as a fault of the text like any other.</summary>
/// <param name="yaml">The text.</param>
internal sealed class SoundParser(string yaml) : IParser
{
    private readonly Scanner _scanner = new(new StringReader(yaml));

    /// <summary>Of each list or block that is open, how many nodes it has so far.</summary>
    private readonly Stack<int> _open = new();

    private Parser? _parser;

    public ParsingEvent? Current => _parser?.Current;

    /// <exception cref="YamlException">It is no YAML.</exception>
    public bool MoveNext()
    {
        ParsingEvent? before = Current;
        bool moved;
        try
        {
            moved = (_parser ??= new(_scanner)).MoveNext();
        }
        catch (Exception stumbled) when (stumbled is not (YamlException or OutOfMemoryException))
        {
            // It goes on until nothing fits, mostly far behind the bracket, and throws whatever comes of that.
            throw new YamlException(_scanner.CurrentPosition, _scanner.CurrentPosition, "is a bracket or brace left open?");
        }

        Count(before);
        return moved;
    }

    /// <summary>A key that is left out, as in <c>: x</c>, may come as no node at all: the block then has a node too few.</summary>
    private void Count(ParsingEvent? before)
    {
        if (Current is NodeEvent or AnchorAlias && _open.TryPop(out int nodes))
        {
            _open.Push(nodes + 1);
        }

        switch (Current)
        {
            case SequenceStart or MappingStart:
                _open.Push(0);
                break;
            case SequenceEnd:
                _open.Pop();
                break;
            case MappingEnd when _open.Pop() % 2 != 0:
                throw new YamlException(before!.Start, before.End, "a key without a value, or a value without a key");
        }
    }
}
