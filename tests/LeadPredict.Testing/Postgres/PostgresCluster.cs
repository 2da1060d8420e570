using System.Diagnostics;
using Npgsql;

namespace LeadPredict.Testing.Postgres;

/// <summary>A throwaway PostgreSQL server of the installed programs: its own folder, a free port of 127.0.0.1, passwords asked for, fsync on.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    public const string User = "owner";
    public const string Password = "pa;ss=wo'rd \"1\"";

    // A test host may be killed as soon as its tests are done, so tidying up is left to a process that waits for its end.
    private const string Guard =
        """
        trap '' INT TERM HUP
        cat >/dev/null
        kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")"
        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do rm -rf "$1" && break; sleep 0.2; done
        """;

    private static readonly Lazy<Task<PostgresCluster>> Common = new(StartNewAsync);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-postgres-");
    private readonly Process _guard;
    private Process? _server;
    private int _databases;

    private PostgresCluster() => _guard = Process.Start(new ProcessStartInfo("sh", ["-c", Guard, "guard", _folder.FullName])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Why tests with PostgreSQL are skipped, or null when they can run.</summary>
    public static string? SkipReason { get; } = PostgresBinaries.Folder is null
        ? "needs PostgreSQL 15 or later (initdb and postgres), which is not installed here"
        : null;

    public int Port { get; private set; }

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>The one server that the tests of an assembly share; it ends with the process.</summary>
    public static Task<PostgresCluster> SharedAsync() => Common.Value;

    /// <summary>Starts a server of its own.</summary>
    public static async Task<PostgresCluster> StartNewAsync()
    {
        var cluster = new PostgresCluster();
        string password = Path.Combine(cluster._folder.FullName, "password");
        await File.WriteAllTextAsync(password, Password);
        PostgresBinaries.GiveAway(cluster._folder.FullName);
        PostgresBinaries.Run(PostgresBinaries.Command(
            "initdb", "--pgdata", cluster.Data, "--username", User, "--pwfile", password, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--no-sync"));
        await cluster.StartAsync();
        return cluster;
    }

    /// <summary>Starts the server again on the folder that is there, after <see cref="Kill"/>.</summary>
    public async Task StartAsync()
    {
        for (int tried = 0; _server is null; tried++)
        {
            Port = Port == 0 || tried > 0 ? FreePort.Next() : Port;
            Process server = Process.Start(PostgresBinaries.Command(
                "postgres", "-D", Data, "-c", $"port={Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                "-c", "max_connections=120"))!;
            Task<string> said = server.StandardError.ReadToEndAsync();
            _ = server.StandardOutput.ReadToEndAsync();
            if (await AnswersAsync(server))
            {
                _server = server;
            }
            else if (tried == 4)
            {
                throw new InvalidOperationException($"the server does not start: {await said}");
            }
        }
    }

    /// <summary>Kills every process of the server at once, as a power cut does to its memory.</summary>
    public void Kill()
    {
        _server?.Kill(entireProcessTree: true);
        _server?.WaitForExit();
        _server?.Dispose();
        _server = null;
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Makes a database and returns how to connect to it. Its own collation is not that of bytes, where the server knows another.</summary>
    public Task<string> CreateDatabaseAsync(string options = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'") => CreateAsync($"TEMPLATE template0 {options}");

    /// <summary>Makes a copy of a database that nobody is connected to, and returns how to connect to it.</summary>
    public Task<string> CopyDatabaseAsync(string connection) => CreateAsync($"TEMPLATE {new NpgsqlConnectionStringBuilder(connection).Database}");

    private async Task<string> CreateAsync(string options)
    {
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} {options}");
        return Connection(name);
    }

    /// <summary>How to connect to a database, as the owner or another user.</summary>
    public string Connection(string database, string user = User, string password = Password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = user,
        Password = password,
        Timeout = 15,
    }.ConnectionString;

    /// <summary>Runs a statement as the owner.</summary>
    public Task ExecuteAsync(string database, string statement) => ExecuteOnAsync(Connection(database), statement);

    /// <summary>Runs a statement; returns the first value of its answer.</summary>
    public static async Task<object?> ExecuteOnAsync(string connectionText, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionText + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Ends the server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    private async Task<bool> AnswersAsync(Process server)
    {
        while (!server.HasExited)
        {
            try
            {
                await ExecuteAsync("postgres", "SELECT 1");
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50); // recovering from its log, or not listening yet
            }
        }

        return false;
    }
}
