namespace LeadPredict.Training.Tests.Csv;

/// <summary>A start, then the letter x up to a length that nobody should read to the end.</summary>
internal sealed class EndlessStream(byte[] start, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = (int)Math.Min(count, length - _position);
        for (int i = 0; i < read; i++, _position++)
        {
            buffer[offset + i] = _position < start.Length ? start[_position] : (byte)'x';
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
