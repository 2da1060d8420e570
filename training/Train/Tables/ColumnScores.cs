using LeadPredict.Features;
using LeadPredict.Features.Sources;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Drift;
using LeadPredict.Training.Score;

namespace LeadPredict.Training.Train.Tables;

/// <summary>A model's probabilities for a labelled table that is read column by column: those that row by row come out, bit for bit.</summary>
internal static class ColumnScores
{
    private const int RowsAtOnce = 1 << 16;

    /// <summary>Scores all rows; null when the file has to be read the general way.</summary>
    /// <param name="table">The file.</param>
    /// <param name="extractor">The model's.</param>
    /// <param name="model">Of one link.</param>
    /// <param name="watch">Is shown every row with its probability.</param>
    /// <param name="unreadable">Is shown the table.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static (double[] Probabilities, byte[] Labels)? TryScore(
        LabelledTable table, FeatureExtractor extractor, ScoreModel model, DriftWatch watch, UnreadableCells unreadable, CancellationToken cancellation)
    {
        ColumnCsv? columns = table.ReadColumns(Uses(table.Header, extractor), extractor.Schema.MissingWords, cancellation);
        if (columns is null || ColumnTable.Features(columns, extractor, table.Header) is not { } features)
        {
            return null;
        }

        unreadable.Observe(columns);
        return (Score(features, model, watch, cancellation), columns.Labels);
    }

    /// <summary>Numbers where features read nothing else from a column, texts where one does.</summary>
    private static ColumnUse[] Uses(IReadOnlyList<string> header, FeatureExtractor extractor)
    {
        TableBinding binding = extractor.Bind(header);
        var uses = new ColumnUse[header.Count];
        for (int feature = 0; feature < extractor.Count; feature++)
        {
            ref ColumnUse use = ref uses[binding.Column(feature)];
            use = extractor.Schema.Features[feature].Source is AttributeNumber && use != ColumnUse.Texts ? ColumnUse.NumbersOrTexts : ColumnUse.Texts;
        }

        return uses;
    }

    private static double[] Score(FeatureTable features, ScoreModel model, DriftWatch watch, CancellationToken cancellation)
    {
        var probabilities = new double[features.RowCount];
        int width = features.Columns.Count;
        var rows = new float[Math.Min(RowsAtOnce, features.RowCount) * width];
        for (int start = 0; start < probabilities.Length; start += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            Memory<double> scores = probabilities.AsMemory(start, Math.Min(RowsAtOnce, probabilities.Length - start));
            for (int row = 0; row < scores.Length; row++)
            {
                features.CopyRow(start + row, rows.AsSpan(row * width, width));
            }

            model.RawScores(rows.AsMemory(0, scores.Length * width), scores);
            for (int row = 0; row < scores.Length; row++)
            {
                ref double score = ref scores.Span[row];
                score = model.Probability(score);
                watch.Observe(rows.AsSpan(row * width, width), score);
            }
        }

        return probabilities;
    }
}
