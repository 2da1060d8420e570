using LeadPredict.Features;
using LeadPredict.Learning.Models;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.ImportModel;

/// <summary>The rows of a labelled table with the raw score that an imported model gives them.</summary>
internal sealed class CalibrationRows
{
    private readonly List<double> _raw = [];
    private readonly List<byte> _labels = [];

    private CalibrationRows()
    {
    }

    public double[] Raw => [.. _raw];

    public byte[] Labels => [.. _labels];

    /// <summary>Each row is a group of its own: nothing in a flat table says otherwise.</summary>
    public int[] Groups => [.. Enumerable.Range(0, _raw.Count)];

    public float[] Weights
    {
        get
        {
            float[] weights = new float[_raw.Count];
            Array.Fill(weights, 1f);
            return weights;
        }
    }

    /// <summary>Scores the table.</summary>
    /// <exception cref="RefusalException">A column has values and none of them is what the model reads there.</exception>
    public static CalibrationRows Read(string path, string label, FeatureSchema schema, ScoreModel model, CancellationToken cancellation)
    {
        LabelledTable table = LabelledTable.Open(path, label);
        var extractor = new FeatureExtractor(schema);
        TableBinding binding = extractor.Bind(table.Header);
        var rows = new CalibrationRows();
        var understood = new bool[extractor.Count];
        float[] row = new float[extractor.Count];
        foreach ((bool converted, IReadOnlyList<string?> cells) in table.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            extractor.ExtractRow(cells, binding, row);
            for (int i = 0; i < row.Length; i++)
            {
                understood[i] |= !float.IsNaN(row[i]) && (schema.Features[i].Kind == FeatureKind.Numeric || row[i] != 0);
            }

            rows._raw.Add(model.RawScore(row));
            rows._labels.Add(converted ? (byte)1 : (byte)0);
        }

        CheckUnderstood(path, table, schema, understood);
        return rows;
    }

    /// <summary>A column whose every cell is strange means that the table was encoded otherwise than the one the model learnt from.</summary>
    private static void CheckUnderstood(string path, LabelledTable table, FeatureSchema schema, bool[] understood)
    {
        var missing = new HashSet<string>(schema.MissingWords, StringComparer.Ordinal);
        for (int i = 0; i < understood.Length; i++)
        {
            FeatureDefinition feature = schema.Features[i];
            if (understood[i] || feature.Categories.Count == 1)
            {
                continue;
            }

            int column = table.Header.ToList().FindIndex(name => name.Trim().Equals(feature.Name.Trim(), StringComparison.OrdinalIgnoreCase));
            string? strange = table.Rows().Select(row => row.Cells[column]).FirstOrDefault(cell => !string.IsNullOrWhiteSpace(cell) && !missing.Contains(cell.Trim()));
            if (strange is not null)
            {
                throw new RefusalException(
                    $"{path}, column '{feature.Name}': found '{strange}' and no value that the model knows; expected "
                    + (feature.Kind == FeatureKind.Numeric
                        ? "numbers. Encode the column as it was for XGBoost."
                        : $"categories such as '{feature.Categories[1]}'. Name them with --categories, in the order of XGBoost's codes."));
            }
        }
    }
}
