using System.Runtime.CompilerServices;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.Rows;

/// <summary>
/// Joins sorted streams, one a table, into account histories. All come in the same order of leads, so each is
/// read once and only the account at hand is held.
/// </summary>
internal sealed class HistoryMerge(
    IAsyncEnumerable<StoredLead> leads,
    IAsyncEnumerable<StoredTouch> touches,
    IAsyncEnumerable<StoredAttribute> attributes,
    IAsyncEnumerable<StoredTransition> transitions,
    IAsyncEnumerable<StoredOutcome> outcomes)
{
    public async IAsyncEnumerable<AccountHistory> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var touchRows = new LeadRows<StoredTouch>(touches, ct);
        await using var attributeRows = new LeadRows<StoredAttribute>(attributes, ct);
        await using var transitionRows = new LeadRows<StoredTransition>(transitions, ct);
        await using var outcomeRows = new LeadRows<StoredOutcome>(outcomes, ct);

        var open = new List<LeadParts>();
        StoredLead? first = null;
        await foreach (StoredLead lead in leads.WithCancellation(ct).ConfigureAwait(false))
        {
            if (first is not null && first.GroupKey != lead.GroupKey)
            {
                yield return LeadParts.Join(open);
                open.Clear();
                first = null;
            }

            first ??= lead;
            open.Add(new(
                lead,
                await touchRows.TakeAsync(lead, static (row, id) => row.ToTouch(id)).ConfigureAwait(false),
                await attributeRows.TakeAsync(lead, static (row, id) => row.ToChange(id)).ConfigureAwait(false),
                await transitionRows.TakeAsync(lead, static (row, id) => row.ToTransition(id)).ConfigureAwait(false),
                await outcomeRows.TakeAsync(lead, static (row, id) => row.ToOutcome(id)).ConfigureAwait(false)));
        }

        if (first is not null)
        {
            yield return LeadParts.Join(open);
        }
    }
}

/// <summary>A table's stream, taken lead by lead.</summary>
internal sealed class LeadRows<TRow>(IAsyncEnumerable<TRow> rows, CancellationToken ct) : IAsyncDisposable
    where TRow : StoredRow
{
    private readonly IAsyncEnumerator<TRow> _rows = rows.GetAsyncEnumerator(ct);
    private TRow? _next;
    private bool _begun;

    /// <summary>The rows of this lead: those that stand next in the stream. Leads must be asked for in the stream's order.</summary>
    public async Task<List<T>> TakeAsync<T>(StoredLead lead, Func<TRow, string, T> convert)
    {
        if (!_begun)
        {
            _begun = true;
            await AdvanceAsync().ConfigureAwait(false);
        }

        var taken = new List<T>();
        while (_next is { } row && row.LeadKey == lead.LeadKey)
        {
            taken.Add(convert(row, lead.MergedInto ?? lead.Id));
            await AdvanceAsync().ConfigureAwait(false);
        }

        return taken;
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async ValueTask AdvanceAsync() => _next = await _rows.MoveNextAsync().ConfigureAwait(false) ? _rows.Current : null;
}
