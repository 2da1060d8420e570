using LeadPredict.Features;
using LeadPredict.Features.Profiles;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.History;

/// <summary>Streams the history past the rows that were chosen, so that only their features are ever held.</summary>
internal sealed class HistoryReader(IHistoryStore store, ConsoleHost host)
{
    /// <summary>Learns the schema from these rows' snapshots.</summary>
    public async Task<SchemaDraft> LearnSchemaAsync(IReadOnlyList<HistoryRow> rows, SchemaOptions options, CancellationToken cancellation)
    {
        var profile = new SnapshotProfile(options);
        await VisitAsync("learning the schema", rows, (_, snapshot, _) => profile.Observe(snapshot), cancellation);
        return profile.Build();
    }

    /// <summary>Reads each row's features and counts its points; of those of <paramref name="judged"/> also what is told of a judged lead, amounts in <paramref name="currency"/>.</summary>
    public Task ReadAsync(
        IReadOnlyList<HistoryRow> rows,
        FeatureSchema schema,
        ScorecardDefinition scorecard,
        CancellationToken cancellation,
        IReadOnlySet<HistoryRow>? judged = null,
        string? currency = null)
    {
        var extractor = new FeatureExtractor(schema);
        var evaluator = new ScorecardEvaluator(scorecard);
        return VisitAsync(
            "reading features",
            rows,
            (row, snapshot, lead) =>
            {
                row.Features = new float[extractor.Count];
                extractor.Extract(snapshot, row.Features);
                row.Points = evaluator.Evaluate(snapshot).Points;
                row.Judged = judged?.Contains(row) == true ? JudgedLead.Of(snapshot, lead, currency) : null;
            },
            cancellation);
    }

    private Task VisitAsync(
        string what, IReadOnlyCollection<HistoryRow> rows, Action<HistoryRow, Snapshot, LeadHistory> visit, CancellationToken cancellation) =>
        SnapshotVisit.ForEachAsync(store, rows, what, host, visit, cancellation);
}
