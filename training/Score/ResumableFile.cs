using System.Text.Json;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Score;

/// <summary>What a scoring that was broken off had done: enough to go on, and to see whether it may.</summary>
/// <param name="Model">The hash of the version.</param>
/// <param name="Input">The length of the input in bytes and when it was last written.</param>
/// <param name="Rows">Rows that are in the output whole.</param>
/// <param name="Bytes">The output's length with these rows.</param>
internal sealed record ScoreCheckpoint(string Model, string Input, long Rows, long Bytes)
{
    public static string InputOf(string file)
    {
        var input = new FileInfo(file);
        return $"{input.Length} {input.LastWriteTimeUtc.Ticks}";
    }
}

/// <summary>
/// An output that is written aside, with a checkpoint now and then, and renamed when it is whole. When the process is killed or stopped, what was
/// written stays aside, and the next run with the same model and input may go on from the last checkpoint.
/// </summary>
internal sealed class ResumableFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly ScoreCheckpoint _start;
    private readonly FileStream _stream;

    private ResumableFile(string path, ScoreCheckpoint start)
    {
        _path = path;
        _start = start;
        _stream = new(path + ".part", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1 << 16);
        _stream.SetLength(start.Bytes);
        _stream.Seek(0, SeekOrigin.End);
        Rows = start.Rows;
    }

    /// <summary>Rows that are written.</summary>
    public long Rows { get; private set; }

    private string Checkpoint => _path + ".part.json";

    /// <summary>Opens the output, at its last checkpoint where <paramref name="resume"/> is asked for and there is one.</summary>
    /// <exception cref="RefusalException">The checkpoint is of another model or input.</exception>
    public static ResumableFile Open(string path, string modelHash, string input, bool resume, ConsoleHost host)
    {
        ScoreCheckpoint anew = new(modelHash, ScoreCheckpoint.InputOf(input), 0, 0);
        string checkpoint = path + ".part.json";
        if (!resume || !File.Exists(checkpoint) || !File.Exists(path + ".part"))
        {
            File.Delete(checkpoint);
            return new(path, anew);
        }

        ScoreCheckpoint last = JsonSerializer.Deserialize<ScoreCheckpoint>(File.ReadAllText(checkpoint), ConsoleHost.JsonOptions)!;
        if (last with { Rows = 0, Bytes = 0 } != anew || new FileInfo(path + ".part").Length < last.Bytes)
        {
            throw new RefusalException($"{checkpoint} is of another model or another input; run without --resume to begin anew");
        }

        host.Error.WriteLine($"going on after {last.Rows} rows");
        return new(path, last);
    }

    /// <summary>Appends rows.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, int rows, CancellationToken cancellation)
    {
        await _stream.WriteAsync(bytes, cancellation);
        Rows += rows;
    }

    /// <summary>Makes what is written safe, so that another run can go on from here.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        await _stream.FlushAsync(cancellation);
        _stream.Flush(flushToDisk: true);
        await File.WriteAllTextAsync(
            Checkpoint + ".new", JsonSerializer.Serialize(_start with { Rows = Rows, Bytes = _stream.Position }, ConsoleHost.JsonOptions), cancellation);
        File.Move(Checkpoint + ".new", Checkpoint, overwrite: true);
    }

    /// <summary>Gives the output its name.</summary>
    public async Task CompleteAsync()
    {
        await _stream.DisposeAsync();
        File.Move(_path + ".part", _path, overwrite: true);
        File.Delete(Checkpoint);
    }

    /// <summary>Leaves nothing: the input is at fault and would be at the next run too.</summary>
    public async Task AbandonAsync()
    {
        await _stream.DisposeAsync();
        File.Delete(_path + ".part");
        File.Delete(Checkpoint);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
