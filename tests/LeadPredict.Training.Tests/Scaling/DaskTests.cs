using System.Globalization;
using System.Text.Json;
using LeadPredict.Api;
using LeadPredict.Artifacts;
using LeadPredict.Learning.Models;
using LeadPredict.Storage;
using LeadPredict.Testing;
using Microsoft.AspNetCore.Builder;
using Xunit.Abstractions;

namespace LeadPredict.Training.Tests.Scaling;

/// <summary>The walk of docs/scaling.md: exported, learnt by two Dask workers, imported, compared, promoted, served.</summary>
public sealed class DaskTests(ExportedHistory exported, ITestOutputHelper output) : IClassFixture<ExportedHistory>
{
    private const string Predict = """
        import json, sys
        import numpy, pandas, xgboost
        booster = xgboost.Booster(model_file=sys.argv[1])
        rows = pandas.read_csv(sys.argv[2])[booster.feature_names].to_numpy(dtype=numpy.float32)
        data = xgboost.DMatrix(rows, feature_names=booster.feature_names, feature_types=booster.feature_types, enable_categorical=True)
        print(json.dumps([float(p) for p in booster.predict(data, output_margin=True)]))
        """;

    [PythonFact("distributed", "dask", "xgboost")]
    public async Task History_LearntByTwoDaskWorkers_IsImportedComparedPromotedAndServed()
    {
        string model = exported.At("dask.json");
        string printed = PythonRun.Of(SharedFiles.Repository("docs", "scaling", "train_dask.py"), exported.Table, model, "--rounds", "60");
        using (JsonDocument learnt = JsonDocument.Parse(printed))
        {
            learnt.RootElement.GetProperty("workers").GetInt32().ShouldBe(2);
            learnt.RootElement.GetProperty("rows").GetInt32().ShouldBe(exported.Rows("train").Count());
        }

        string models = exported.At("models-dask");
        JsonElement imported = (await ConsoleRun.Of(
            "import-model", "xgboost", model, "--schema", exported.Schema, "--store", exported.Store, "--models", models, "--name", "dask", "--json")).Json;
        imported.GetProperty("metrics").GetProperty("sql").GetProperty("auc").GetDouble().ShouldBeInRange(0.55, 0.85);
        double largest = LargestDifference(model, new ModelRepository(models).Load("dask", 1).Sql!);
        output.WriteLine(FormattableString.Invariant($"{printed.Trim()} largest difference of raw scores on {exported.Records.Count - 1} rows: {largest:G3}"));
        largest.ShouldBeLessThan(4e-6);

        (await ConsoleRun.Of("compare", "--models", models, "--model", "dask", "--json")).Json.GetProperty("verdict").GetString()!.ShouldEndWith(".");
        (await ConsoleRun.Of("promote", "--models", models, "--model", "dask@1")).ExitCode.ShouldBe(0);
        await using IHistoryStore store = await HistoryStores.OpenAsync(exported.Store, create: false, default);
        string lead = await store.ReadLeadIdsAsync().FirstAsync();
        await using WebApplication app = LeadPredictApi.Create(new() { Models = models, Model = "dask", Store = store, Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using JsonDocument served = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/v1/leads/{lead}/score?asOf=2025-06-20T00:00:00Z", UriKind.Relative)));
        served.RootElement.GetProperty("model").GetProperty("name").GetString().ShouldBe("dask");
        served.RootElement.GetProperty("probabilities").GetProperty("sql").GetProperty("value").GetDouble().ShouldBeInRange(0, 1);
    }

    /// <summary>XGBoost's raw scores of the exported rows against those of the imported model.</summary>
    private double LargestDifference(string model, ScoreModel imported)
    {
        string script = exported.At("predict.py");
        File.WriteAllText(script, Predict);
        double[] expected = JsonSerializer.Deserialize<double[]>(PythonRun.Of(script, model, exported.Table))!;
        expected.Length.ShouldBe(exported.Records.Count - 1);
        return exported.Records.Skip(1)
            .Select((record, i) => Math.Abs(imported.RawScore([.. record.Skip(4).Select(Value)]) - expected[i]))
            .Max();
    }

    private static float Value(string cell) => cell.Length == 0 ? float.NaN : float.Parse(cell, CultureInfo.InvariantCulture);
}
