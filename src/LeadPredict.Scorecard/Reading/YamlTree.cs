using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Builds the tree of a YAML text. Anchors and aliases are refused, so a small file cannot grow in memory.</summary>
internal sealed class YamlTree
{
    private const int Deepest = 32;
    private readonly FaultList _faults;
    private readonly SoundParser _parser;

    private YamlTree(string yaml, FaultList faults)
    {
        _faults = faults;
        _parser = new SoundParser(yaml);
    }

    /// <summary>The root block, or null when there is none; faults are then in the list.</summary>
    public static YamlMapping? Read(string yaml, FaultList faults)
    {
        try
        {
            return new YamlTree(yaml, faults).Document();
        }
        catch (YamlException error)
        {
            faults.Add(Math.Max(1, (int)error.Start.Line), Math.Max(1, (int)error.Start.Column), Reason(error), "well-formed YAML");
            return null;
        }
    }

    private static string Reason(YamlException error)
    {
        string text = (error.InnerException?.Message ?? error.Message).ReplaceLineEndings(" ");
        return text.Length == 0 ? "a syntax error" : $"a syntax error ({text})";
    }

    private YamlMapping? Document()
    {
        Next<StreamStart>();
        if (_parser.Current is StreamEnd)
        {
            _faults.Add(1, 1, "an empty file", "a scorecard");
            return null;
        }

        Next<DocumentStart>();
        YamlNode? root = Node(0);
        if (root is null)
        {
            return null;
        }

        Next<DocumentEnd>();
        if (_parser.Current is not StreamEnd)
        {
            _faults.Add(Line(_parser.Current!), Column(_parser.Current!), "a second document", "one document in the file");
            return null;
        }

        if (root is YamlMapping mapping)
        {
            return mapping;
        }

        _faults.Add(root, root.Describe(), "a block of keys, beginning with version");
        return null;
    }

    /// <summary>The node that begins at the current event, or null after a fault that ends the reading.</summary>
    private YamlNode? Node(int depth)
    {
        ParsingEvent start = _parser.Current!;
        if (depth > Deepest)
        {
            _faults.Add(Line(start), Column(start), $"more than {Deepest} levels inside one another", "a flat file");
            return null;
        }

        if (start is AnchorAlias alias)
        {
            _faults.Add(Line(start), Column(start), $"the alias *{alias.Value}", "the values written out: anchors and aliases are not read");
            return null;
        }

        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _faults.Add(
                Line(start), Column(start), $"the anchor &{anchored.Anchor.Value}", "the values written out: anchors and aliases are not read");
            return null;
        }

        if (start is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific)
        {
            _faults.Add(Line(start), Column(start), $"the tag {tagged.Tag}", "plain values without tags");
            return null;
        }

        _parser.MoveNext();
        return start switch
        {
            Scalar scalar => new YamlScalar(Line(start), Column(start), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => Sequence(start, depth),
            _ => Mapping(start, depth),
        };
    }

    private YamlSequence? Sequence(ParsingEvent start, int depth)
    {
        List<YamlNode> items = [];
        while (_parser.Current is not SequenceEnd)
        {
            if (Node(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        _parser.MoveNext();
        return new(Line(start), Column(start), items);
    }

    private YamlMapping? Mapping(ParsingEvent start, int depth)
    {
        List<(YamlScalar, YamlNode)> entries = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            YamlNode? key = Node(depth + 1);
            YamlNode? value = key is null ? null : Node(depth + 1);
            if (value is null)
            {
                return null;
            }

            if (key is not YamlScalar name)
            {
                _faults.Add(key!, $"{key!.Describe()} as a key", "a key of one word");
            }
            else if (!keys.Add(name.Value))
            {
                _faults.Add(name, $"the key {name.Value} a second time", "each key once in a block");
            }
            else
            {
                entries.Add((name, value));
            }
        }

        _parser.MoveNext();
        return new(Line(start), Column(start), entries);
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        // The first call finds the parser before the first event.
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        if (_parser.Current is T)
        {
            _parser.MoveNext();
        }
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;
}
