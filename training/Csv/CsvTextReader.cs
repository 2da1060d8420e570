namespace LeadPredict.Training.Csv;

/// <summary>The text of a CSV file for the parser, decoded a chunk at a time by <see cref="CsvDecoder"/>.</summary>
internal sealed class CsvTextReader : TextReader
{
    private const int ChunkBytes = 1 << 16;
    private readonly Stream _stream;
    private readonly string _file;
    private readonly CsvDecoder _decoder;
    private readonly byte[] _bytes = new byte[ChunkBytes];
    private readonly char[] _characters = new char[ChunkBytes];
    private int _byteCount;
    private long _offset;
    private long _line = 1;
    private bool _ended;
    private int _next;
    private int _available;

    /// <param name="stream">The bytes; owned by this reader from here on.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="format">How the bytes stand for text.</param>
    public CsvTextReader(Stream stream, string file, CsvFormat format)
    {
        _stream = stream;
        _file = file;
        FillBytes();
        _decoder = CsvDecoder.For(file, format, _bytes.AsSpan(0, _byteCount));
        Consume(_decoder.MarkLength);
        PassOver(format.HeaderLine - 1);
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (_next == _available && !Decode())
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _available - _next);
        _characters.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 1 ? one[0] : -1;
    }

    public override int Peek() => _next < _available || Decode() ? _characters[_next] : -1;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads lines of any ending away, whatever stands in them.</summary>
    private void PassOver(int lines)
    {
        while (lines > 0 && Read() is >= 0 and var character)
        {
            lines -= character == '\n' || (character == '\r' && Peek() != '\n') ? 1 : 0;
        }
    }

    /// <summary>Decodes the next chunk; false at the end of the file.</summary>
    private bool Decode()
    {
        _line += _characters.AsSpan(0, _available).Count('\n');
        _next = 0;
        _available = 0;
        while (_available == 0)
        {
            FillBytes();
            if (_byteCount == 0)
            {
                return false;
            }

            (int used, int written) = _decoder.Decode(_bytes.AsSpan(0, _byteCount), _characters, _ended, _line, _offset);
            int nul = _characters.AsSpan(0, written).IndexOf('\0');
            if (nul >= 0)
            {
                throw new CsvException(
                    _file,
                    _line + _characters.AsSpan(0, nul).Count('\n'),
                    "a NUL character; expected text (is this a binary file, or UTF-16 without a byte order mark?)");
            }

            Consume(used);
            _available = written;
        }

        return true;
    }

    private void FillBytes()
    {
        while (!_ended && _byteCount < _bytes.Length)
        {
            int read = _stream.Read(_bytes.AsSpan(_byteCount));
            _ended = read == 0;
            _byteCount += read;
        }
    }

    private void Consume(int count)
    {
        _bytes.AsSpan(count, _byteCount - count).CopyTo(_bytes);
        _byteCount -= count;
        _offset += count;
    }
}
