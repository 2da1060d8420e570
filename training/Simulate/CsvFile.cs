using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Training.Simulate;

/// <summary>One CSV file (RFC 4180, UTF-8 without a mark, line feeds) written row by row and hashed as it goes.</summary>
/// <remarks>Written beside its place and moved there by <see cref="Finish"/>, so a file is there whole or not at all.</remarks>
internal sealed class CsvFile : IDisposable
{
    /// <summary>What the name ends in while the file is being written.</summary>
    public const string Unfinished = ".part";

    private readonly string _path;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _stream;
    private readonly StringBuilder _row = new();
    private readonly int _columns;

    public CsvFile(string folder, string name, params string[] header)
    {
        Name = name;
        _path = Path.Combine(folder, name);
        _columns = header.Length;
        _stream = new FileStream(_path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        Append(header);
    }

    public string Name { get; }

    /// <summary>How many rows were written, the header left out.</summary>
    public int Rows { get; private set; }

    public static string Format(DateTimeOffset at) => at.UtcDateTime.ToString(
        at.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Format(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    public void Write(params ReadOnlySpan<string?> fields)
    {
        Append(fields);
        Rows++;
    }

    /// <summary>Puts the file in its place and says what it holds.</summary>
    public WrittenFile Finish()
    {
        long bytes = _stream.Length;
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_path + Unfinished, _path, overwrite: true);
        return new WrittenFile(Name, Rows, bytes, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
        File.Delete(_path + Unfinished);
    }

    private void Append(ReadOnlySpan<string?> fields)
    {
        if (fields.Length != _columns)
        {
            throw new InvalidOperationException($"{Name}: {fields.Length} fields in a row, expected {_columns}");
        }

        _row.Clear();
        for (int i = 0; i < fields.Length; i++)
        {
            string field = fields[i] ?? "";
            _row.Append(i == 0 ? "" : ",").Append(Quoted(field));
        }

        byte[] line = Encoding.UTF8.GetBytes(_row.Append('\n').ToString());
        _hash.AppendData(line);
        _stream.Write(line);
    }

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}

/// <summary>A file that was written: its name, rows without the header, size and SHA-256 in lower-case hex.</summary>
internal sealed record WrittenFile(string Name, int Rows, long Bytes, string Sha256);
