using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Train.Leaks;
using LeadPredict.Training.Train.Rows;

namespace LeadPredict.Training.Train.History;

/// <summary>Screens the features of the training side for each link of the chain.</summary>
internal static class HistoryLeaks
{
    public static LeakReport Screen(FunnelDefinition funnel, FeatureSchema schema, IReadOnlyList<HistoryRow> rows)
    {
        LeakReport report = LeakReport.Clean;
        if (funnel.Qualify is not null)
        {
            report = report.With(Screen(schema, rows, row => row.Qualified));
        }

        if (funnel.Close is not null)
        {
            report = report.With(Screen(schema, rows, row => row.Closed));
        }

        return report;
    }

    /// <summary>Entry rows alone: on later snapshots time in stage rightly tells a lot.</summary>
    private static LeakReport Screen(FeatureSchema schema, IReadOnlyList<HistoryRow> rows, Func<HistoryRow, Decided?> label)
    {
        var collector = new RowCollector(schema);
        var features = new float[schema.Features.Count];
        foreach (HistoryRow row in rows)
        {
            if (row.IsEntry && label(row) is { } decided)
            {
                collector.Add(row.ReadFeatures(features), decided.Converted, 1, row.Group);
            }
        }

        return collector.Count == 0 ? LeakReport.Clean : LeakGuard.Screen(collector.ToTable(), schema);
    }
}
