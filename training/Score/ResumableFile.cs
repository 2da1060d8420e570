using System.Text.Json;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Outputs;

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
        // A link's own length and instant stay when what it names is written anew.
        var input = new FileInfo(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file);
        return input.Exists ? $"{input.Length} {input.LastWriteTimeUtc.Ticks}" : "";
    }

    /// <summary>Reads one, or gives null where it holds something else.</summary>
    public static ScoreCheckpoint? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ScoreCheckpoint>(File.ReadAllText(file), ConsoleHost.JsonOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// An output that is written aside, with a checkpoint now and then, and renamed when it is whole. When the process is killed or stopped, what was
/// written stays aside, and the next run with the same model and input may go on from the last checkpoint. Pipes and devices are written as it comes,
/// and nothing of theirs can be gone on with; nor with what comes from one, since nobody can say whether the same comes again.
/// </summary>
internal sealed class ResumableFile : IAsyncDisposable
{
    private readonly OutputPlace _place;
    private readonly ScoreCheckpoint _start;
    private readonly bool _mayGoOn;
    private readonly FileStream _stream;

    private ResumableFile(OutputPlace place, ScoreCheckpoint start, bool mayGoOn)
    {
        _place = place;
        _start = start;
        _mayGoOn = mayGoOn;
        Rows = start.Rows;
        if (place.IsStream)
        {
            _stream = place.OpenStream();
            return;
        }

        _stream = place.OpenAside(FileMode.OpenOrCreate);
        if (_stream.Length < start.Bytes)
        {
            // Looked at only now, under the file's lock: the run that had written it may have ended since the checkpoint was read.
            if (_stream.Length == 0)
            {
                File.Delete(place.Aside);
            }

            _stream.Dispose();
            throw new RefusalException($"{place.Aside} is gone, or shorter than at its checkpoint: look whether another run has completed the output, and begin anew without --resume if not");
        }

        _stream.SetLength(start.Bytes);
        _stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Rows that are written.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether what was written so far is seen by nobody until it is whole.</summary>
    public bool IsAside => !_place.IsStream;

    private string Checkpoint => CheckpointOf(_place);

    /// <summary>Opens the output, at its last checkpoint where <paramref name="resume"/> is asked for and there is one.</summary>
    /// <exception cref="RefusalException">The checkpoint is of another model or input, the input or the output is no file, or another run writes it.</exception>
    public static ResumableFile Open(string path, string modelHash, string input, bool resume, ConsoleHost host)
    {
        OutputPlace place = OutputPlace.Of(path);
        bool comesOnce = OutputPlace.Of(input).IsStream;
        ScoreCheckpoint anew = new(modelHash, comesOnce ? "" : ScoreCheckpoint.InputOf(input), 0, 0);
        if (resume && (comesOnce || place.IsStream))
        {
            (string name, string option) = comesOnce ? (input, "--in") : (path, "--out");
            throw new RefusalException($"--resume goes on with a file, and {name} is none; leave it out, or give {option} a file");
        }

        if (place.IsStream)
        {
            return new(place, anew, mayGoOn: false);
        }

        string checkpoint = CheckpointOf(place);
        if (!resume || !File.Exists(checkpoint) || !File.Exists(place.Aside))
        {
            var file = new ResumableFile(place, anew, !comesOnce);
            File.Delete(checkpoint);
            return file;
        }

        ScoreCheckpoint last = ScoreCheckpoint.Read(checkpoint)
            ?? throw new RefusalException($"{checkpoint} is damaged; run without --resume to begin anew");
        if (last with { Rows = 0, Bytes = 0 } != anew)
        {
            throw new RefusalException($"{checkpoint} is of another model or another input; run without --resume to begin anew");
        }

        host.Error.WriteLine($"going on after {last.Rows} rows");
        return new(place, last, mayGoOn: true);
    }

    /// <summary>Appends rows.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, int rows, CancellationToken cancellation)
    {
        await _stream.WriteAsync(bytes, cancellation);
        Rows += rows;
    }

    /// <summary>Makes what is written safe, so that another run can go on from here where one may.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        await _stream.FlushAsync(cancellation);
        if (!_mayGoOn)
        {
            return;
        }

        _stream.Flush(flushToDisk: true);
        await using (FileStream checkpoint = File.Create(Checkpoint + ".new"))
        {
            await JsonSerializer.SerializeAsync(checkpoint, _start with { Rows = Rows, Bytes = _stream.Position }, ConsoleHost.JsonOptions, cancellation);
            checkpoint.Flush(flushToDisk: true);
        }

        File.Move(Checkpoint + ".new", Checkpoint, overwrite: true);
    }

    /// <summary>Gives the output its name.</summary>
    public async Task CompleteAsync()
    {
        await _stream.FlushAsync();
        if (IsAside)
        {
            _place.Replace();
            File.Delete(Checkpoint);
        }

        await _stream.DisposeAsync();
    }

    /// <summary>Leaves nothing: the input is at fault and would be at the next run too.</summary>
    public async Task AbandonAsync()
    {
        if (IsAside)
        {
            File.Delete(Checkpoint);
            File.Delete(_place.Aside);
        }

        await _stream.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static string CheckpointOf(OutputPlace place) => place.Aside + ".json";
}
