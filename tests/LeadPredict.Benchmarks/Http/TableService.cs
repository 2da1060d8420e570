using System.Diagnostics;
using LeadPredict.Benchmarks.Peers;

namespace LeadPredict.Benchmarks.Http;

/// <summary>The service with a model of the table that <see cref="PythonPeer"/> learnt from, as many trees of as many leaves.</summary>
internal sealed class TableService : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;

    private TableService(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        _port = port;
    }

    /// <summary>Trains the model and starts the service. The peer has made the table already.</summary>
    public static async Task<TableService> StartAsync(int port)
    {
        string folder = Directory.CreateTempSubdirectory("leadpredict-table-").FullName;
        string[] columns = File.ReadLines(PythonPeer.Table).First().Split(',');
        ChildProcess.Run(
            "dotnet", ShippedConsole.Path, "train", "--table", PythonPeer.Table, "--label", columns[^1], "--learner", "trees", "--trees", "100", "--leaves", "31",
            "--learning-rate", "0.1", "--calibration", "none", "--models", folder, "--name", "flat", "--promote");
        Process process = HttpCommand.Start(ShippedConsole.Path, "serve", "--urls", $"http://127.0.0.1:{port}", "--models", folder, "--store", "sqlite:/nonexistent");
        await HttpCommand.ReadyAsync(port);
        return new(process, folder, port);
    }

    /// <summary>How it answers <c>/invocations</c> of one row.</summary>
    public Task<LoadFigures> MeasureAsync(int connections, TimeSpan time) => new LoadClient(_port, "/invocations", PythonPeer.Row()).RunAsync(connections, time);

    /// <inheritdoc />
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
