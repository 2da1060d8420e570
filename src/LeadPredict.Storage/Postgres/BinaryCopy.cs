using System.Buffers.Binary;
using System.Text;
using LeadPredict.Storage.Spool;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>
/// Reads the rows of <c>COPY ... TO STDOUT (FORMAT BINARY)</c> where they lie in the buffer, without an object a row or a value, some at a time.
/// The form is described in the server's manual under COPY, "Binary Format".
/// </summary>
internal sealed class BinaryCopy(NpgsqlRawCopyStream stream)
{
    private const int SignatureLength = 11;

    /// <summary>So many rows are taken apart before the first of them is handed out.</summary>
    public const int MostAtOnce = 16;

    private readonly int[] _rows = new int[MostAtOnce];
    private (int At, int Length)[] _fields = [];
    private byte[] _buffer = new byte[1 << 18];
    private int _row;
    private int _count;
    private int _columns;
    private int _read;
    private int _filled;
    private bool _begun;
    private bool _ended;

    /// <summary>How many rows are at hand; <see cref="Go"/> says which of them is looked at.</summary>
    public int Count => _count;

    /// <summary>Goes to the next rows and looks at the first; false after the last.</summary>
    public bool Next()
    {
        if (!_begun)
        {
            _begun = true;
            Fill(SignatureLength + 8);
            int extension = Int32(_read + SignatureLength + 4);
            Fill(SignatureLength + 8 + extension);
            _read += SignatureLength + 8 + extension;
        }

        _count = 0;
        while (!_ended && _count < MostAtOnce)
        {
            int missing = Take();
            if (missing > 0 && _count > 0)
            {
                break; // Reading on would move those that are there.
            }

            if (missing > 0)
            {
                Fill(_filled - _read + missing);
            }
        }

        Go(0);
        return _count > 0;
    }

    /// <summary>Looks at another of the rows at hand.</summary>
    public void Go(int row) => _row = row;

    public bool IsNull(int field) => Field(field).Length < 0;

    public ReadOnlySpan<byte> Bytes(int field)
    {
        (int at, int length) = Field(field);
        return _buffer.AsSpan(_rows[_row] + at, length);
    }

    public CellText Text(int field) => IsNull(field) ? CellText.None : CellText.Of(Bytes(field));

    public string? String(int field) => IsNull(field) ? null : Encoding.UTF8.GetString(Bytes(field));

    public long Int64(int field) => BinaryPrimitives.ReadInt64BigEndian(Bytes(field));

    public int Int16(int field) => BinaryPrimitives.ReadInt16BigEndian(Bytes(field));

    public bool Boolean(int field) => Bytes(field)[0] != 0;

    public double? Double(int field) => IsNull(field) ? null : BinaryPrimitives.ReadDoubleBigEndian(Bytes(field));

    private (int At, int Length) Field(int field) => _fields[(_row * _columns) + field];

    private int Int32(int at) => BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(at));

    /// <summary>Takes the next row apart where all of it lies in the buffer; otherwise says how many bytes more are to be read at least.</summary>
    private int Take()
    {
        int left = _filled - _read;
        if (left < 2)
        {
            return 2 - left;
        }

        int fields = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_read));
        if (fields < 0)
        {
            _ended = true;
            return 0;
        }

        if (_columns != fields)
        {
            (_columns, _fields) = (fields, new (int, int)[fields * MostAtOnce]);
        }

        int length = 2;
        for (int field = 0; field < fields; field++)
        {
            if (left < length + 4)
            {
                return length + 4 - left;
            }

            int bytes = Int32(_read + length);
            length += 4;
            _fields[(_count * fields) + field] = (length, bytes);
            length += Math.Max(0, bytes);
        }

        if (left < length)
        {
            return length - left;
        }

        _rows[_count++] = _read;
        _read += length;
        return 0;
    }

    /// <summary>Has so many bytes from the next row's begin on lie in the buffer, and more than that where they come.</summary>
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
        for (int messages = 0; (messages < MostAtOnce || _filled < length) && _filled < _buffer.Length; messages++)
        {
            int more = stream.Read(_buffer.AsSpan(_filled));
            if (more == 0 && _filled < length)
            {
                throw new EndOfStreamException("the server's answer ended in the middle of a row");
            }

            if (more == 0)
            {
                return;
            }

            _filled += more;
        }
    }
}
