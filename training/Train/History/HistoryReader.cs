using System.Buffers;
using LeadPredict.Features;
using LeadPredict.Features.Profiles;
using LeadPredict.Scorecard;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.History;

/// <summary>Reads what is learnt from the snapshots of chosen rows; only their features are ever held.</summary>
internal sealed class HistoryReader(HistorySpool spool, ConsoleHost host)
{
    /// <summary>So many snapshots tell what attributes and touches there are; of more, those of every so-manieth account are looked at.</summary>
    private const int EnoughForSchema = 1 << 17;

    /// <summary>Learns the schema from these rows' snapshots.</summary>
    public async Task<SchemaDraft> LearnSchemaAsync(IReadOnlyList<HistoryRow> rows, SchemaOptions options, CancellationToken cancellation)
    {
        var profile = new SnapshotProfile(options);
        await SnapshotVisit.ForEachAsync(
            spool,
            Enough(rows, EnoughForSchema),
            "learning the schema",
            host,
            _ => profile.BeginPart(),
            (part, _, snapshot, _) => part.Observe(snapshot),
            profile.Add,
            cancellation,
            part => part.Settle());
        return profile.Build();
    }

    /// <summary>
    /// Warns of names to drop that nothing in the history has: attributes come and go, but a misspelt one stays in. Of a value that stands beside the names that it lists
    /// (<see cref="SharedOptions.NamesOfHistory"/>), the names are meant unless it is one itself.
    /// </summary>
    public static void WarnOfDrops(SchemaDraft draft, IReadOnlyList<string> dropped, ConsoleHost host)
    {
        var vain = new HashSet<string>(draft.DroppedInVain, StringComparer.OrdinalIgnoreCase);
        IEnumerable<string> notMeant = dropped.Select(value => (Value: value, Listed: SharedOptions.Names([value])))
            .Where(one => one.Listed.Length > 0 && !one.Listed.Contains(one.Value) && one.Listed.All(name => dropped.Contains(name, StringComparer.OrdinalIgnoreCase)))
            .SelectMany(one => vain.Contains(one.Value) ? [one.Value] : one.Listed);
        foreach (string name in draft.DroppedInVain.Except(notMeant, StringComparer.OrdinalIgnoreCase))
        {
            host.Warn($"--drop names '{name}', which is no attribute and no feature of the history learnt from.");
        }
    }

    /// <summary>All rows when they are no more than <paramref name="enough"/>, else those of every second account, or third, and so on: about as many.</summary>
    public static IReadOnlyList<HistoryRow> Enough(IReadOnlyList<HistoryRow> rows, int enough)
    {
        int step = 1 + ((rows.Count - 1) / enough);
        return step == 1 ? rows : [.. rows.Where(row => row.Group % step == 0)];
    }

    /// <summary>Reads each row's features and counts the points of entry rows, which alone are judged by them, unless there is no card; of those of <paramref name="judged"/> also what is told of a judged lead, amounts in <paramref name="currency"/>.</summary>
    public Task ReadAsync(
        IReadOnlyList<HistoryRow> rows,
        FeatureSchema schema,
        ScorecardDefinition? scorecard,
        CancellationToken cancellation,
        IReadOnlySet<HistoryRow>? judged = null,
        string? currency = null)
    {
        var extractor = new FeatureExtractor(schema);
        ScorecardEvaluator? evaluator = scorecard is null ? null : new(scorecard);
        return SnapshotVisit.ForEachAsync(
            spool,
            rows,
            "reading features",
            host,
            visits => new FeatureRows(visits, extractor.Count),
            (features, row, snapshot, lead) =>
            {
                extractor.Extract(snapshot, features.Next(row));
                row.Points = row.IsEntry && evaluator is not null ? evaluator.Evaluate(snapshot).Points : 0;
                row.Judged = judged?.Contains(row) == true ? JudgedLead.Of(snapshot, lead, currency) : null;
            },
            _ => { },
            cancellation,
            features => features.Pack());
    }

    /// <summary>The features of a part's rows on their way to be packed.</summary>
    private sealed class FeatureRows(int rows, int columns)
    {
        private readonly HistoryRow[] _rows = new HistoryRow[rows];
        private float[] _features = ArrayPool<float>.Shared.Rent(rows * columns);
        private int _given;

        public Span<float> Next(HistoryRow row)
        {
            _rows[_given] = row;
            return _features.AsSpan(columns * _given++, columns);
        }

        public void Pack()
        {
            PackedFeatures packed = PackedFeatures.Of(_features.AsSpan(0, columns * _given), columns);
            for (int row = 0; row < _given; row++)
            {
                _rows[row].KeepFeatures(packed, row);
            }

            ArrayPool<float>.Shared.Return(_features);
            _features = [];
        }
    }
}
