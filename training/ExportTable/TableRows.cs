using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using LeadPredict.Features;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.ExportTable;

/// <summary>Writes the rows of an exported table in the order of the history, and keeps the features of those that are screened for leaks.</summary>
internal sealed class TableRows(
    HistorySpool spool, ConsoleHost host, TableDescription description, FeatureSchema schema, TableSides sides, IReadOnlyCollection<HistoryRow> screened)
{
    private const int LongestNumber = 32;

    private readonly FeatureExtractor _extractor = new(schema);
    private readonly Dictionary<HistoryRow, string> _sides = SidesOf(sides);
    private readonly HashSet<HistoryRow> _screened = new(screened, ReferenceEqualityComparer.Instance);

    public async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        await using (var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true))
        {
            new CsvOutput(writer).Write([.. TableColumns.Leading, .. description.Columns.Select(column => column.Name)]);
        }

        await SnapshotVisit.ForEachAsync(
            spool,
            _sides.Keys,
            "writing the table",
            host,
            _ => (Lines: new ArrayBufferWriter<byte>(1 << 16), Features: new float[_extractor.Count]),
            (part, row, snapshot, _) => Add(part.Lines, row, snapshot, part.Features),
            part => stream.Write(part.Lines.WrittenSpan),
            cancellation);
    }

    private static Dictionary<HistoryRow, string> SidesOf(TableSides sides)
    {
        Dictionary<HistoryRow, string> sideOf = new(ReferenceEqualityComparer.Instance);
        foreach ((string side, IReadOnlyList<HistoryRow> rows) in new[] { ("train", sides.Train), ("calibrate", sides.Calibrate), ("test", sides.Test) })
        {
            foreach (HistoryRow row in rows)
            {
                sideOf.Add(row, side);
            }
        }

        return sideOf;
    }

    private void Add(ArrayBufferWriter<byte> lines, HistoryRow row, Snapshot snapshot, float[] features)
    {
        _extractor.Extract(snapshot, features);
        if (_screened.Contains(row))
        {
            row.KeepFeatures(PackedFeatures.Of(features, features.Length), 0);
        }

        string label = description.Question.Label(row)!.Value ? "1" : "0";
        lines.Advance(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{_sides[row]},{row.Group},{row.AsOf:yyyy-MM-ddTHH:mm:ss.ffffffZ},{label}"), lines.GetSpan(128)));
        foreach (float feature in features)
        {
            Span<byte> cell = lines.GetSpan(LongestNumber + 1);
            cell[0] = (byte)',';
            lines.Advance(1 + Write(feature, cell[1..]));
        }

        lines.Write("\n"u8);
    }

    /// <summary>
    /// Empty for missing. Nine digits are far enough from the middle between two floats that every reader finds the same one again; whole
    /// numbers, which most are, are written the same way in less time.
    /// </summary>
    private static int Write(float value, Span<byte> cell)
    {
        int written = 0;
        if (!float.IsNaN(value))
        {
            bool fits = value is > -1e8f and < 1e8f && value == MathF.Truncate(value) && !(value == 0 && float.IsNegative(value))
                ? Utf8Formatter.TryFormat((int)value, cell, out written)
                : value.TryFormat(cell, out written, "G9", CultureInfo.InvariantCulture);
            if (!fits)
            {
                throw new InvalidOperationException($"{value:R} takes more than {LongestNumber} characters");
            }
        }

        return written;
    }
}
