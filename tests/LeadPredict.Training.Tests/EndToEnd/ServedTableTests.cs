using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LeadPredict.Training.Tests.Drills;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>A table's model answers callers as it scores files.</summary>
[Collection(nameof(MeasuredDrill))]
public sealed class ServedTableTests : IDisposable
{
    private static readonly string[] Columns = ["plan", "code", "seats", "share", "trial", "since"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-served-table-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Serve_OfATablesModel_AnswersBitForBitWhatScoreWrites()
    {
        await DoAsync("train", "--table", Write("train.csv", Rows(1500, seed: 1), labels: true), "--label", "label", "--models", At("m"), "--name", "flat", "--promote");
        string[][] rows = Rows(400, seed: 2);
        await DoAsync("score", "--models", At("m"), "--model", "flat", "--in", Write("new.csv", rows, labels: false), "--out", At("scored.csv"));
        string[][] scored = [.. File.ReadAllLines(At("scored.csv")).Skip(1).Select(line => line.Split(',')[^3..])];

        await using ServiceProcess service = await ServiceProcess.StartAsync(At("m"), "sqlite:" + At("none.db"), "--rescore-hours", "0");
        object?[][] values = [.. rows.Select(row => row[..^1].Select(Value).ToArray())];
        JsonElement split = await AskAsync(service, "/invocations", new { dataframe_split = new { columns = Columns, data = values } });
        split.GetProperty("predictions").EnumerateArray()
            .Select(one => new[] { one.GetProperty("probability").GetRawText(), one.GetProperty("low").GetRawText(), one.GetProperty("high").GetRawText() }).ShouldBe(scored);
        JsonElement records = await AskAsync(service, "/invocations", new { dataframe_records = values.Select(row => Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second)) });
        records.GetRawText().ShouldBe(split.GetRawText());

        JsonElement inference = await AskAsync(service, "/v2/models/flat/infer", new
        {
            inputs = Columns.Select((column, at) => new { name = column, shape = new[] { values.Length }, datatype = "BYTES", data = values.Select(row => row[at]) }),
        });
        for (int output = 0; output < 3; output++)
        {
            inference.GetProperty("outputs")[output].GetProperty("data").EnumerateArray().Select(one => one.GetRawText()).ShouldBe(scored.Select(row => row[output]));
        }

        service.Said.ShouldNotContain("fail: ");
    }

    /// <summary>What knows rows of a table alone is asked for nothing else, and takes no name of what knows leads.</summary>
    [Fact]
    public async Task Commands_OfLeads_RefuseATablesModel()
    {
        string table = Write("train.csv", Rows(300, seed: 1), labels: true);
        await DoAsync("train", "--table", table, "--label", "label", "--models", At("m"), "--name", "flat", "--learner", "logistic");
        string store = "sqlite:" + At("h.db");
        await DoAsync("simulate", "--out", At("made"), "--leads", "100");
        await DoAsync("import", At("made"), "--store", store);
        File.WriteAllText(At("x.ndjson"), "{}\n");
        foreach (string[] command in new string[][]
        {
            ["report", "--models", At("m"), "--model", "flat", "--store", store, "--out", At("r.html")],
            ["score", "--models", At("m"), "--model", "flat", "--store", store, "--out", At("o.csv")],
            ["score", "--models", At("m"), "--model", "flat", "--in", At("x.ndjson"), "--out", At("o.ndjson")],
            ["train", "--models", At("m"), "--name", "flat", "--store", store],
        })
        {
            ConsoleRun run = await ConsoleRun.Of(command);
            run.ExitCode.ShouldBe(1, run.Error);
            run.Error.ShouldContain("from a table");
        }
    }

    [Theory]
    [InlineData("train.csv", "is read or kept")]
    [InlineData("scored.csv.gz", "not compressed")]
    public async Task Score_IntoTheInputOrANameThatWouldMislead_IsRefused(string output, string said)
    {
        string table = Write("train.csv", Rows(300, seed: 1), labels: true);
        await DoAsync("train", "--table", table, "--label", "label", "--models", At("m"), "--name", "flat", "--learner", "logistic");

        ConsoleRun run = await ConsoleRun.Of("score", "--models", At("m"), "--model", "flat", "--in", table, "--out", At(output));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(said);
        File.ReadLines(table).First().ShouldEndWith(",label");
    }

    private static async Task DoAsync(params string[] arguments)
    {
        ConsoleRun run = await ConsoleRun.Of(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
    }

    private static async Task<JsonElement> AskAsync(ServiceProcess service, string path, object body)
    {
        using HttpResponseMessage response = await service.Client.PostAsJsonAsync(path, body);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        response.IsSuccessStatusCode.ShouldBeTrue(answer.GetRawText());
        return answer;
    }

    private string Write(string name, string[][] rows, bool labels)
    {
        File.WriteAllLines(At(name), rows.Select(row => string.Join(',', labels ? row : row[..^1])).Prepend(string.Join(',', Columns) + (labels ? ",label" : "")));
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The cell as a client that reads the file would send it.</summary>
    private static object? Value(string cell) => cell.Length == 0 ? null
        : bool.TryParse(cell, out bool truth) ? truth
        : double.TryParse(cell, CultureInfo.InvariantCulture, out double number) ? number
        : cell;

    private static string[][] Rows(int count, int seed)
    {
        var random = new Random(seed);
        string[] plans = ["free", "team", "business", "", "trial \"x\""];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            string plan = plans[random.Next(4)];
            int code = random.Next(4);
            double seats = Math.Exp(6 * random.NextDouble());
            double share = random.NextDouble();
            bool trial = random.Next(3) == 0;
            double score = (plan == "team" ? 1 : -0.5) + (code == 2 ? 0.8 : 0) + (0.4 * Math.Log(seats)) - share + (trial ? 0.7 : 0) - 1.5;
            return new[]
            {
                plan,
                code == 3 ? "" : $"{10 + code}",
                random.Next(10) == 0 ? "" : seats.ToString("R", CultureInfo.InvariantCulture),
                share.ToString("F4", CultureInfo.InvariantCulture),
                trial ? "true" : "false",
                random.Next(10) == 0 ? "" : $"2024-{1 + random.Next(12):00}-{1 + random.Next(28):00}",
                random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? "1" : "0",
            };
        })];
    }
}
