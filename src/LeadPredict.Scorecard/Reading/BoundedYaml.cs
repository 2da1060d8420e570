using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Loads YAML that may have aliases, of bounded depth and size: a few lines of them can stand for more than memory holds, or for themselves.</summary>
public static class BoundedYaml
{
    private const int Deepest = 100, MostRepeated = 100_000;

    /// <summary>Loads a text.</summary>
    /// <exception cref="YamlException">It is no YAML, lies more than 100 levels deep, or its aliases repeat more than 100,000 values.</exception>
    public static YamlStream Load(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        Check(new SoundParser(yaml));
        var stream = new YamlStream();
        stream.Load(new SoundParser(yaml));
        return stream;
    }

    /// <summary>Goes over the events before nodes are made of them, which is done level by level.</summary>
    private static void Check(SoundParser parser)
    {
        var open = new Stack<Node>();
        var anchored = new Dictionary<AnchorName, Node>();
        int repeated = 0;
        while (parser.MoveNext())
        {
            ParsingEvent at = parser.Current!;
            Node? whole = null;
            switch (at)
            {
                case DocumentStart:
                    anchored.Clear();
                    break;
                case SequenceStart or MappingStart:
                    open.Push(Named(at));
                    Demand(at, open.Count <= Deepest, $"more than {Deepest} levels inside one another");
                    break;
                case SequenceEnd or MappingEnd:
                    whole = open.Pop();
                    whole.IsOpen = false;
                    break;
                case Scalar:
                    whole = Named(at);
                    whole.IsOpen = false;
                    break;
                case AnchorAlias alias:
                    Demand(at, anchored.TryGetValue(alias.Value, out whole), $"the alias *{alias.Value} names nothing that stands before it");
                    Demand(at, !whole!.IsOpen, $"the alias *{alias.Value} stands inside what it names");
                    Demand(at, open.Count + whole.Levels <= Deepest, $"more than {Deepest} levels inside one another");
                    Demand(at, (repeated += whole.Count) <= MostRepeated, $"aliases that repeat more than {MostRepeated} values");
                    break;
            }

            if (whole is not null && open.TryPeek(out Node? around))
            {
                around.Count += whole.Count;
                around.Levels = Math.Max(around.Levels, 1 + whole.Levels);
            }
        }

        Node Named(ParsingEvent at)
        {
            var node = new Node();
            if (at is NodeEvent { Anchor: { IsEmpty: false } name })
            {
                anchored[name] = node;
            }

            return node;
        }
    }

    private static void Demand(ParsingEvent at, bool holds, string fault)
    {
        if (!holds)
        {
            throw new YamlException(at.Start, at.End, fault);
        }
    }

    /// <summary>A value, with what its aliases stand for.</summary>
    private sealed class Node
    {
        public int Count { get; set; } = 1;

        public int Levels { get; set; } = 1;

        public bool IsOpen { get; set; } = true;
    }
}
