using System.Security.Cryptography;
using LeadPredict.Testing.Postgres;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>The console with a PostgreSQL store answers as it does with SQLite.</summary>
public sealed class PostgresTests : IDisposable
{
    private const string AsOf = "2025-07-01T00:00:00Z";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-console-postgres-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PostgresFact]
    public async Task Console_OnEitherStore_LearnsTheSameBytesAndGivesTheSameScores()
    {
        string database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();

        string[] sqlite = await WalkAsync("sqlite:" + Path.Combine(_folder.FullName, "history.db"), "sqlite");
        string[] postgres = await WalkAsync(database, "postgres");

        postgres.ShouldBe(sqlite);
        sqlite.Length.ShouldBeGreaterThan(6);
    }

    [PostgresFact]
    public async Task Console_PasswordInTheStore_IsNeverPrinted()
    {
        PostgresCluster cluster = await PostgresCluster.SharedAsync();
        string database = await cluster.CreateDatabaseAsync();
        string wrong = cluster.Connection("postgres", password: "h1dden");
        string models = Path.Combine(_folder.FullName, "models");

        ConsoleRun imported = await ConsoleRun.Of("import", Samples, "--store", database, "--json");
        imported.Json.GetProperty("store").GetString()!.ShouldStartWith("postgresql://127.0.0.1:");
        ConsoleRun[] runs =
        [
            imported,
            await ConsoleRun.Of("import", Samples, "--store", database),
            await ConsoleRun.Of("scorecard", "explain", "--lead", "nobody", "--store", database),
            await ConsoleRun.Of("train", "--store", wrong, "--models", models),
            await ConsoleRun.Of("train", "--store", "Host=127.0.0.1;Password=h1dden;Nonsense=1", "--models", models),
        ];

        runs.Select(run => run.ExitCode).ShouldBe([0, 0, 1, 1, 1]);
        foreach (ConsoleRun run in runs)
        {
            (run.Out + run.Error).ShouldNotContain("h1dden");
            (run.Out + run.Error).ShouldNotContain(PostgresCluster.Password);
        }
    }

    private static string Samples => Path.Combine(QuickstartRun.Root, "data-samples");

    /// <summary>Imports, trains, compares and scores; returns each file's name and hash.</summary>
    private async Task<string[]> WalkAsync(string store, string name)
    {
        string folder = Path.Combine(_folder.FullName, name);
        string models = Path.Combine(folder, "models");
        string scores = Path.Combine(folder, "scores.ndjson");
        foreach (string[] command in new string[][]
        {
            ["import", Samples, "--store", store],
            ["train", "--store", store, "--models", models, "--learner", "trees", "--trees", "20", "--name", "leads"],
            ["compare", "--models", models, "--model", "leads"],
            ["score", "--models", models, "--model", "leads", "--store", store, "--as-of", AsOf, "--out", scores],
        })
        {
            ConsoleRun run = await ConsoleRun.Of(command);
            run.ExitCode.ShouldBe(0, run.Error);
        }

        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(folder, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}")];
    }
}
