using LeadPredict.Features;
using LeadPredict.Features.Profiles;
using LeadPredict.Scorecard;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.History;

/// <summary>Reads what is learnt from the snapshots of chosen rows; only their features are ever held.</summary>
internal sealed class HistoryReader(HistorySpool spool, ConsoleHost host)
{
    /// <summary>Learns the schema from these rows' snapshots.</summary>
    public async Task<SchemaDraft> LearnSchemaAsync(IReadOnlyList<HistoryRow> rows, SchemaOptions options, CancellationToken cancellation)
    {
        var profile = new SnapshotProfile(options);
        await SnapshotVisit.ForEachAsync(
            spool, rows, "learning the schema", host, _ => profile.BeginPart(), (part, _, snapshot, _) => part.Observe(snapshot), profile.Add, cancellation);
        return profile.Build();
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
                row.Features = features.Next();
                extractor.Extract(snapshot, row.Features);
                row.Points = row.IsEntry && evaluator is not null ? evaluator.Evaluate(snapshot).Points : 0;
                row.Judged = judged?.Contains(row) == true ? JudgedLead.Of(snapshot, lead, currency) : null;
            },
            _ => { },
            cancellation);
    }

    /// <summary>The features of many rows in one piece of memory, which the garbage collector need not move about row by row.</summary>
    private sealed class FeatureRows(int rows, int columns)
    {
        private readonly float[] _features = new float[rows * columns];
        private int _given;

        public ArraySegment<float> Next() => new(_features, columns * _given++, columns);
    }
}
