using LeadPredict.Features.Profiles;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Extraction;

/// <summary>The named features of one snapshot, by a schema learned from it alone.</summary>
internal sealed class VectorOf
{
    private readonly FeatureExtractor _extractor;
    private readonly float[] _values;

    public VectorOf(AccountHistory account, double asOf, string? leadId = null)
    {
        Snapshot snapshot = Snapshot.Take(
            account, account.Leads.First(lead => leadId is null || lead.Lead.Id == leadId), Day.At(asOf));
        SnapshotProfile profile = new(new() { MinimumCount = 1, CategoryMinimumCount = 1 });
        profile.Observe(snapshot);
        // A second, empty one, so that attributes with one value are not constant.
        AccountHistory empty = new LeadBuilder("empty").BuildAlone();
        profile.Observe(Snapshot.Take(empty, empty.Leads[0], Day.At(asOf)));
        _extractor = new(profile.Build().Schema);
        _values = new float[_extractor.Count];
        _extractor.Extract(snapshot, _values);
    }

    public FeatureExtractor Extractor => _extractor;

    public float this[string name] => _values[Index(name)];

    public string Category(string name) => _extractor.Schema.Features[Index(name)].Categories[(int)this[name]];

    public string Describe(string name) => _extractor.Describe(Index(name), this[name]);

    public bool Has(string name) => _extractor.Schema.IndexOf(name) >= 0;

    private int Index(string name) => _extractor.Schema.IndexOf(name) is var index && index >= 0
        ? index
        : throw new ArgumentException($"no feature '{name}' among {string.Join(", ", _extractor.Schema.Features.Select(feature => feature.Name))}");
}
