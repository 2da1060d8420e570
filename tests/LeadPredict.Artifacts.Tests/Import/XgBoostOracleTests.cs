using System.Globalization;
using System.Runtime.InteropServices;
using LeadPredict.Artifacts.Import;
using LeadPredict.Learning.Models;
using LeadPredict.Testing;
using Xunit.Abstractions;

namespace LeadPredict.Artifacts.Tests.Import;

/// <summary>Imported models against XGBoost itself, on rows where a wrong comparison would show.</summary>
public sealed class XgBoostOracleTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 100_000;

    /// <summary>
    /// XGBoost adds 32-bit leaves in 32 bits: some hundred of them around 5 differ from the exact sum by up to some 1e-6, a quarter of
    /// which is left in a probability. A wrong branch differs by a whole leaf.
    /// </summary>
    private const double ProbabilityTolerance = 1e-6;

    /// <summary>XGBoost's recursion for contributions runs in 32 bits too.</summary>
    private const double ContributionTolerance = 1e-5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact("xgboost")]
    public void HardRows_OfImportedModels_ScoreAsXgBoostScoresThem()
    {
        string script = SharedFiles.Repository("tests", "LeadPredict.Artifacts.Tests", "Import", "xgboost_oracle.py");
        PythonRun.Of(script, _folder.Path, Rows.ToString(CultureInfo.InvariantCulture));
        foreach (string name in new[] { "onehot", "sets", "forest" })
        {
            XgBoostModel read = XgBoostModelReader.Read(Path.Combine(_folder.Path, name + ".json"));
            (_, ScoreModel model) = XgBoostTableSchema.Of(read);
            (double sum, double probability) = LargestDifference(name, read, model);
            double contribution = LargestContributionDifference(name, read, model);
            output.WriteLine(FormattableString.Invariant(
                $"{name}: {Rows} rows, {read.Trees.Length} trees: leaf sums differ by {sum:G3}, probabilities by {probability:G3}, contributions by {contribution:G3}"));
            sum.ShouldBeLessThan(1e-9, name);
            probability.ShouldBeLessThanOrEqualTo(ProbabilityTolerance, name);
            contribution.ShouldBeLessThanOrEqualTo(ContributionTolerance, name);
        }
    }

    /// <summary>The sums of the leaves that XGBoost says it reached are added in 64 bits there: equal sums mean equal branches.</summary>
    private (double Sum, double Probability) LargestDifference(string name, XgBoostModel read, ScoreModel model)
    {
        float[] rows = Numbers<float>(name + ".rows");
        double[] sums = Numbers<double>(name + ".sums");
        float[] probabilities = Numbers<float>(name + ".probabilities");
        double sum = 0;
        double probability = 0;
        float[] row = new float[read.Features.Length];
        for (int i = 0; i < Rows; i++)
        {
            ReadRow(read, rows, i, row);
            double raw = model.RawScore(row);
            sum = Math.Max(sum, Math.Abs(raw - model.Intercept - sums[i]));
            probability = Math.Max(probability, Math.Abs(model.Probability(raw) - probabilities[i]));
        }

        return (sum, probability);
    }

    private double LargestContributionDifference(string name, XgBoostModel read, ScoreModel model)
    {
        float[] rows = Numbers<float>(name + ".rows");
        float[] expected = Numbers<float>(name + ".contributions");
        int columns = read.Features.Length;
        double largest = 0;
        float[] row = new float[columns];
        double[] contributions = new double[columns];
        for (int i = 0; i < expected.Length / (columns + 1); i++)
        {
            ReadRow(read, rows, i, row);
            double start = model.Explain(row, contributions);
            largest = Math.Max(largest, Math.Abs(start - expected[(i * (columns + 1)) + columns]));
            for (int column = 0; column < columns; column++)
            {
                largest = Math.Max(largest, Math.Abs(contributions[column] - expected[(i * (columns + 1)) + column]));
            }
        }

        return largest;
    }

    /// <summary>Category code c of XGBoost is c + 1 in an imported table, and 0 where no split names it.</summary>
    private static void ReadRow(XgBoostModel read, float[] rows, int index, float[] row)
    {
        for (int column = 0; column < row.Length; column++)
        {
            float value = rows[(index * row.Length) + column];
            XgBoostFeature feature = read.Features[column];
            row[column] = feature.Kind != XgBoostFeatureKind.Category || float.IsNaN(value) ? value
                : value >= 0 && value < feature.Codes ? value + 1 : 0;
        }
    }

    private T[] Numbers<T>(string file)
        where T : struct => [.. MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(Path.Combine(_folder.Path, file)))];
}
