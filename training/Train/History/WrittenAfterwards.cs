using LeadPredict.Features;
using LeadPredict.Features.Profiles;
using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Spool;
using LeadPredict.Training.Train.Leaks;

namespace LeadPredict.Training.Train.History;

/// <summary>
/// Finds attributes that are written after the stage change they seem to predict. Snapshots never see such a value before its
/// time, but a person who reads the export does, and a value back-dated by an integration would slip through: so they are named,
/// but for those that are never learnt from.
/// </summary>
internal static class WrittenAfterwards
{
    /// <summary>So many converted leads must carry the attribute before its share means anything.</summary>
    private const int MinimumLeads = 20;

    /// <summary>An attribute is suspicious when, of the converted leads that carry it, at least this share got it only at the conversion or later.</summary>
    private const double SuspiciousShare = 0.5;

    public static async Task<LeakReport> FindAsync(
        HistorySpool spool, FunnelDefinition funnel, FeatureSchema schema, IReadOnlyList<string> dropped, CancellationToken cancellation)
    {
        var carried = new SortedDictionary<string, (int Leads, int Afterwards)>(StringComparer.OrdinalIgnoreCase);
        await PartWalk.ForEachAsync(
            spool,
            SpoolTables.Attributes | SpoolTables.Transitions | SpoolTables.Outcomes,
            accounts =>
            {
                var part = new Dictionary<string, (int Leads, int Afterwards)>(StringComparer.OrdinalIgnoreCase);
                foreach (LeadHistory lead in accounts.SelectMany(account => account.Leads))
                {
                    if (ConvertedAt(lead, funnel) is { } convertedAt)
                    {
                        Count(lead, convertedAt, part);
                    }
                }

                return part;
            },
            part =>
            {
                foreach ((string name, (int leads, int afterwards)) in part)
                {
                    Add(carried, name, leads, afterwards);
                }
            },
            cancellation);

        return new(
        [
            .. carried
                .Where(attribute => !dropped.Contains(attribute.Key, StringComparer.OrdinalIgnoreCase) && SnapshotProfile.MayLearn(attribute.Key, schema))
                .Where(attribute => attribute.Value.Leads >= MinimumLeads)
                .Select(attribute => (attribute.Key, Share: (double)attribute.Value.Afterwards / attribute.Value.Leads, attribute.Value.Leads))
                .Where(attribute => attribute.Share >= SuspiciousShare)
                .Select(attribute => new Suspicion(
                    attribute.Key,
                    "writtenAfterwards",
                    attribute.Share,
                    FormattableString.Invariant(
                        $"of {attribute.Leads} converted leads that carry it, {attribute.Share:P0} got it only at the stage change or later"))),
        ]);
    }

    private static DateTimeOffset? ConvertedAt(LeadHistory lead, FunnelDefinition funnel) =>
        LinkEpisodes.Of(lead.Lead, lead.Transitions, funnel.Links[0])
            .FirstOrDefault(episode => episode.End == EpisodeEnd.Converted)?.EndedAt;

    private static void Count(
        LeadHistory lead, DateTimeOffset convertedAt, Dictionary<string, (int Leads, int Afterwards)> carried)
    {
        var first = new Dictionary<string, DateTimeOffset>(StringComparer.OrdinalIgnoreCase);
        foreach (AttributeChange change in lead.Attributes.Where(change => !change.Value.IsMissing))
        {
            if (!first.TryGetValue(change.Name, out DateTimeOffset earliest) || change.KnownAt < earliest)
            {
                first[change.Name] = change.KnownAt;
            }
        }

        foreach ((string name, DateTimeOffset known) in first)
        {
            Add(carried, name, 1, known >= convertedAt ? 1 : 0);
        }
    }

    private static void Add(IDictionary<string, (int Leads, int Afterwards)> carried, string name, int leads, int afterwards)
    {
        carried.TryGetValue(name, out (int Leads, int Afterwards) so);
        carried[name] = (so.Leads + leads, so.Afterwards + afterwards);
    }
}
