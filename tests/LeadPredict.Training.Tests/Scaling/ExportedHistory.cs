using System.Globalization;
using System.Text.Json;

namespace LeadPredict.Training.Tests.Scaling;

/// <summary>A simulated history of 1,500 leads and its exported table, made once for all tests that look at them.</summary>
public sealed class ExportedHistory : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-scaling-");

    public string Store => "sqlite:" + At("history.db");

    public string Table => At("table.csv");

    public string Schema => At("table.schema.json");

    public JsonElement Json { get; private set; }

    /// <summary>The table's records, header first, as cells; nothing in it is quoted.</summary>
    public IReadOnlyList<string[]> Records { get; private set; } = [];

    public string At(string path) => Path.Combine(_folder.FullName, path);

    public async Task InitializeAsync()
    {
        (await ConsoleRun.Of("simulate", "--out", At("market"), "--leads", "1500", "--seed", "7")).ExitCode.ShouldBe(0);
        (await ConsoleRun.Of("import", At("market"), "--store", Store)).ExitCode.ShouldBe(0);
        Json = (await ConsoleRun.Of("export-table", "--store", Store, "--out", Table, "--question", "sql", "--json")).Json;
        string[] lines = await File.ReadAllLinesAsync(Table);
        lines.ShouldAllBe(line => !line.Contains('"'));
        Records = [.. lines.Select(line => line.Split(','))];
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    public IEnumerable<string[]> Rows(string side) => Records.Skip(1).Where(row => row[0] == side);

    public static DateTimeOffset AsOf(string[] row) => DateTimeOffset.Parse(row[2], CultureInfo.InvariantCulture);

    /// <summary>A model of one tree: leads with fewer touches in 30 days than <paramref name="touches"/> go left, then those of the first source do.</summary>
    public string HandMadeModel(string name, int touches, string column = "touches_30d")
    {
        string tree = $$"""
            {"categories":[1],"categories_nodes":[2],"categories_segments":[0],"categories_sizes":[1],"default_left":[1,0,0,0,0],
             "left_children":[1,-1,3,-1,-1],"right_children":[2,-1,4,-1,-1],"split_conditions":[{{touches}},-1.5,NaN,0.25,1],
             "split_indices":[0,0,1,0,0],"split_type":[0,0,1,0,0],"sum_hessian":[9,5,4,3,1],
             "tree_param":{"num_deleted":"0","num_feature":"2","num_nodes":"5","size_leaf_vector":"0"} }
            """;
        File.WriteAllText(At(name), $$$"""
            {"learner":{"attributes":{},"feature_names":["{{{column}}}","source"],"feature_types":["float","c"],
             "gradient_booster":{"model":{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"1"},"tree_info":[0],"trees":[{{{tree}}}]},"name":"gbtree"},
             "learner_model_param":{"base_score":"5E-1","num_class":"0","num_feature":"2","num_target":"1"},
             "objective":{"name":"binary:logistic"} },"version":[2,1,4]}
            """);
        return At(name);
    }
}
