using System.Buffers.Binary;
using System.Text;
using LeadPredict.Storage.Spool;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>
/// Reads the rows of <c>COPY ... TO STDOUT (FORMAT BINARY)</c> where they lie in the buffer, without an object a row or a value.
/// The form is described in the server's manual under COPY, "Binary Format".
/// </summary>
internal sealed class BinaryCopy(NpgsqlRawCopyStream stream)
{
    private const int SignatureLength = 11;
    private (int At, int Length)[] _fields = new (int, int)[16];
    private byte[] _buffer = new byte[1 << 18];
    private int _row;
    private int _read;
    private int _filled;
    private bool _begun;

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Next()
    {
        if (!_begun)
        {
            _begun = true;
            Demand(SignatureLength + 8);
            int extension = Int32(_read + SignatureLength + 4);
            Demand(SignatureLength + 8 + extension);
            _read += SignatureLength + 8 + extension;
        }

        Demand(2);
        int fields = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_read));
        if (fields < 0)
        {
            return false;
        }

        if (fields > _fields.Length)
        {
            _fields = new (int, int)[fields];
        }

        int length = 2;
        for (int field = 0; field < fields; field++)
        {
            Demand(length + 4);
            int bytes = Int32(_read + length);
            length += 4;
            _fields[field] = (length, bytes);
            length += Math.Max(0, bytes);
            Demand(length);
        }

        _row = _read;
        _read += length;
        return true;
    }

    public bool IsNull(int field) => _fields[field].Length < 0;

    public ReadOnlySpan<byte> Bytes(int field) => _buffer.AsSpan(_row + _fields[field].At, _fields[field].Length);

    public CellText Text(int field) => IsNull(field) ? CellText.None : CellText.Of(Bytes(field));

    public string? String(int field) => IsNull(field) ? null : Encoding.UTF8.GetString(Bytes(field));

    public long Int64(int field) => BinaryPrimitives.ReadInt64BigEndian(Bytes(field));

    public int Int16(int field) => BinaryPrimitives.ReadInt16BigEndian(Bytes(field));

    public bool Boolean(int field) => Bytes(field)[0] != 0;

    public double? Double(int field) => IsNull(field) ? null : BinaryPrimitives.ReadDoubleBigEndian(Bytes(field));

    private int Int32(int at) => BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(at));

    /// <summary>Has so many bytes from the row's begin on lie in the buffer.</summary>
    private void Demand(int length)
    {
        if (_filled - _read < length)
        {
            Fill(length);
        }
    }

    private void Fill(int length)
    {
        _buffer.AsSpan(_read, _filled - _read).CopyTo(_buffer);
        _filled -= _read;
        _read = 0;
        if (_buffer.Length < length)
        {
            Array.Resize(ref _buffer, Math.Max(length, _buffer.Length * 2));
        }

        // A read gives what the server sent as one message, which is a row.
        while (_filled < length)
        {
            int more = stream.Read(_buffer.AsSpan(_filled));
            _filled += more > 0 ? more : throw new EndOfStreamException("the server's answer ended in the middle of a row");
        }
    }
}
