using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Batch;

/// <summary>
/// The elements of one JSON array. Only strings and brackets are followed here, to find where elements end; whether an element is JSON is
/// for its reader to say.
/// </summary>
internal sealed class ElementBoundary : IItemBoundary
{
    private const string Expected = "one JSON array of score requests";
    private Place _place = Place.Before;
    private long _depth;
    private bool _text;
    private bool _escaped;

    private enum Place
    {
        Before,
        First,
        Element,
        After,
    }

    public ItemCut? Next(ReadOnlySpan<byte> bytes, ref int scanned, bool end)
    {
        if (_place is Place.Before or Place.After)
        {
            return Outside(bytes, end);
        }

        for (int at = scanned; at < bytes.Length; at++)
        {
            if (_text)
            {
                // Most bytes stand in texts: jump to what can end one.
                int skip = _escaped ? 0 : bytes[at..].IndexOfAny((byte)'"', (byte)'\\');
                if (skip < 0)
                {
                    break;
                }

                at += skip;
                _text = _escaped || bytes[at] != '"';
                _escaped = !_escaped && bytes[at] == '\\';
                continue;
            }

            switch (bytes[at])
            {
                case (byte)'"':
                    _text = true;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                case (byte)']' or (byte)',' when _depth == 0:
                    return Element(bytes, at);
                case (byte)'}' or (byte)']' when _depth > 0:
                    _depth--;
                    break;
                default:
                    break;
            }
        }

        scanned = bytes.Length;
        return end ? throw new RequestFaultsException("", "an array without an end", Expected) : null;
    }

    private ItemCut Element(ReadOnlySpan<byte> bytes, int at)
    {
        bool last = bytes[at] == ']';
        Range item = Trimmed(bytes[..at]);
        bool empty = item.Start.Value == item.End.Value;
        if (empty && !(last && _place == Place.First))
        {
            throw new RequestFaultsException("", "a comma without an element", Expected);
        }

        _place = last ? Place.After : Place.Element;
        return new(item, at + 1);
    }

    private ItemCut? Outside(ReadOnlySpan<byte> bytes, bool end)
    {
        if (!end && bytes.Length < 3 && "\uFEFF"u8.StartsWith(bytes))
        {
            return null;
        }

        int blank = bytes.StartsWith("\uFEFF"u8) && _place == Place.Before ? 3 : 0;
        int first = bytes[blank..].IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0)
        {
            return end && _place == Place.Before ? throw new RequestFaultsException("", "nothing", Expected)
                : bytes.Length > 0 ? new(0..0, bytes.Length) : null;
        }

        if (_place == Place.After || bytes[blank + first] != '[')
        {
            throw new RequestFaultsException("", _place == Place.After ? "something after the array" : "no array", Expected);
        }

        _place = Place.First;
        return new(0..0, blank + first + 1);
    }

    private static Range Trimmed(ReadOnlySpan<byte> element) =>
        element.IndexOfAnyExcept(" \t\r\n"u8) is var first and >= 0 ? first..(element.LastIndexOfAnyExcept(" \t\r\n"u8) + 1) : 0..0;
}
