using System.Globalization;
using System.Text;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Rows;
using LeadPredict.Training.Outputs;

namespace LeadPredict.Training.Import.Running;

/// <summary>Counts what was rejected, remembers the first, and writes all of it to the rejects file when there is one.</summary>
internal sealed class RejectsLog : IDisposable
{
    private const int MostRemembered = 10;
    private static readonly string[] Header = ["file", "line", "column", "value", "reason"];
    private readonly List<Reject> _first = [];
    private readonly StreamWriter? _writer;
    private readonly CsvOutput? _csv;

    /// <param name="path">The rejects file, written anew, or what takes them as they come; null for none.</param>
    public RejectsLog(string? path)
    {
        if (path is not null)
        {
            OutputPlace place = OutputPlace.Of(path);
            _writer = place.IsStream ? new(place.OpenStream()) : new(path);
            _csv = new(_writer);
            _csv.Write(Header);
        }
    }

    /// <summary>Whether a file is what an earlier import wrote here: it has this header and no other.</summary>
    public static bool Wrote(string file)
    {
        byte[] header = Encoding.UTF8.GetBytes(string.Join(',', Header) + "\n");
        Span<byte> start = stackalloc byte[header.Length];
        using FileStream stream = File.OpenRead(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(header);
    }

    public long Count { get; private set; }

    /// <summary>The first ten.</summary>
    public IReadOnlyList<Reject> First => _first;

    public void Add(Reject reject)
    {
        Count++;
        if (_first.Count < MostRemembered)
        {
            _first.Add(reject);
        }

        _csv?.Write(reject.File, reject.Line.ToString(CultureInfo.InvariantCulture), reject.Column, reject.Value, reject.Reason);
    }

    public void Dispose() => _writer?.Dispose();
}
