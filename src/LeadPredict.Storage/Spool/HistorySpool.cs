using System.Text;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.Spool;

/// <summary>
/// A whole history, read once from its store as it was then, to be walked as often as need be: packed in a temporary file, in parts of some
/// thousand leads that follow each other in the order of <see cref="IHistoryStore.ReadAccountsAsync"/>.
/// </summary>
/// <remarks>
/// Safe on several threads. Memory holds the identifiers of all leads and the parts that are being read, not the history. The file lies in
/// the system's folder for temporary files (<c>TMPDIR</c>), can be opened by nobody else, and is gone when this is disposed of or the process ends.
/// </remarks>
public sealed class HistorySpool : IDisposable
{
    private readonly SpoolFile _file;
    private readonly Dictionary<SpoolTables, SpoolSheet> _sheets;
    private readonly SpoolPools _pools;
    private readonly int[] _firsts;

    internal HistorySpool(
        SpoolFile file, Dictionary<SpoolTables, SpoolSheet> sheets, SpoolPools pools, int[] firsts, int leads, DateTimeOffset? lastRecordedAt)
    {
        _file = file;
        _sheets = sheets;
        _pools = pools;
        _firsts = firsts;
        Leads = leads;
        LastRecordedAt = lastRecordedAt;
    }

    /// <summary>How many leads there are, merged ones counted once.</summary>
    public int Leads { get; }

    /// <summary>What <see cref="IHistoryStore.FindLastRecordedAsync"/> finds: until then the history is observed. Null when there is nothing.</summary>
    public DateTimeOffset? LastRecordedAt { get; }

    /// <summary>How many parts there are.</summary>
    public int Parts => _firsts.Length;

    /// <summary>The part that a lead's account is in.</summary>
    /// <exception cref="ArgumentException">The lead is not of this history.</exception>
    public int PartOf(string leadId)
    {
        Span<byte> utf8 = stackalloc byte[3 * HistoryBatch.LongestKey];
        int place = leadId.Length > HistoryBatch.LongestKey ? -1 : _pools.Leads.Find(utf8[..Encoding.UTF8.GetBytes(leadId, utf8)]);
        int at = place >= 0 ? Array.BinarySearch(_firsts, place) : throw new ArgumentException($"no lead '{leadId}' in this history", nameof(leadId));
        return at >= 0 ? at : ~at - 1;
    }

    /// <summary>The accounts of a part in order.</summary>
    /// <param name="part">0 to <see cref="Parts"/> - 1.</param>
    /// <param name="tables">What is read beside leads and accounts; the rest is left empty.</param>
    /// <param name="wanted">Accounts without a lead of which this is true are passed over; null for all.</param>
    public IEnumerable<AccountHistory> Read(int part, SpoolTables tables, Predicate<string>? wanted = null)
    {
        int end = part + 1 < _firsts.Length ? _firsts[part + 1] : _pools.Leads.Count;
        using var reader = new SpoolReader(_sheets, _pools, part, _firsts[part], end - _firsts[part], tables);
        foreach (AccountHistory account in reader.Accounts(wanted))
        {
            yield return account;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
