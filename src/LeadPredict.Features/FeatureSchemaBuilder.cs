using LeadPredict.Features.Profiles;
using LeadPredict.Funnel.Snapshots;

namespace LeadPredict.Features;

/// <summary>Learns a schema from training rows alone: which attributes and touch types exist, their kinds, the categories to keep.</summary>
/// <remarks>The same rows in the same order give the same schema. To stream, use <see cref="SnapshotProfile"/> or <see cref="TableProfile"/>.</remarks>
public static class FeatureSchemaBuilder
{
    /// <summary>Learns a schema for snapshots.</summary>
    /// <param name="snapshots">The training snapshots; read once.</param>
    /// <param name="options">Default: <see cref="SchemaOptions"/> as it is.</param>
    /// <exception cref="FeatureSchemaException">There are no snapshots.</exception>
    public static SchemaDraft FromSnapshots(IEnumerable<Snapshot> snapshots, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        SnapshotProfile profile = new(options);
        foreach (Snapshot snapshot in snapshots)
        {
            profile.Observe(snapshot);
        }

        return profile.Build();
    }

    /// <summary>Learns a schema for a flat table; kinds are inferred from the training rows.</summary>
    /// <param name="columns">The header; names unique without regard to case.</param>
    /// <param name="rows">The training rows as cells in the header's order, null or blank for missing; read once.</param>
    /// <param name="options">Default: <see cref="SchemaOptions"/> as it is. Put the label column into <see cref="SchemaOptions.Drop"/>.</param>
    /// <exception cref="FeatureSchemaException">A column twice, no row, or no column that can be a feature.</exception>
    public static SchemaDraft FromColumns(
        IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TableProfile profile = new(columns, options);
        foreach (IReadOnlyList<string?> row in rows)
        {
            profile.Observe(row);
        }

        return profile.Build();
    }
}
