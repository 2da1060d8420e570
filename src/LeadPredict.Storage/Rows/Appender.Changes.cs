using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Boards;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Storage.Rows;

/// <content>What follows of new rows in the same transaction: rows that waited for them are added, their leads are due for a score, and those who object are told of and called no more.</content>
internal abstract partial class Appender
{
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _objecting = new(StringComparer.Ordinal);

    /// <summary>Whether it must be known of each row whether it was new: the caller asks, or there are scores to mark.</summary>
    private bool _tell;

    private void NoteAdded<TRow>(IEnumerable<TRow> rows)
        where TRow : HistoryRow
    {
        foreach (TRow row in rows)
        {
            _changed.Add(row.LeadId);
            if (IsObjection(row))
            {
                _objecting.Add(row.LeadId);
            }
        }
    }

    /// <summary>Adds rows that waited for these leads or aliases.</summary>
    /// <returns>The leads that they are part of.</returns>
    private async Task<IReadOnlyList<string>> ReleaseAsync(List<LeadAlias> aliases)
    {
        string[] names = [.. batch.Leads.Select(lead => _names.Resolve(lead.Id)).Union(aliases.Select(alias => alias.Alias))];
        if (names.Length == 0 || await TakeAsync(names).ConfigureAwait(false) is not { Count: > 0 } waiting)
        {
            return [];
        }

        AppendResult released = await Of(WaitingRow.Batch(waiting) with { TellStates = batch.TellStates }).AppendAsync().ConfigureAwait(false);
        _objecting.UnionWith(released.ObjectingLeads);
        return released.ChangedLeads;
    }

    private async Task FollowAsync()
    {
        // The first scores may have come since it was asked; which rows were new is not known then.
        if (!_tell && await ChangedScores.AnyAsync(connection, transaction, Stop).ConfigureAwait(false))
        {
            _changed.UnionWith(ChangedLeads());
        }

        _changed.UnionWith(await ChangedScores.ColleaguesAsync(_changed, connection, transaction, postgres, Stop).ConfigureAwait(false));
        await ChangedScores.MarkAsync(_changed, connection, transaction, postgres, Stop).ConfigureAwait(false);
        await StoredOutbox.WithdrawAsync(_objecting, connection, transaction, postgres, Stop).ConfigureAwait(false);
        await StoredBoard.DropAsync(_objecting, connection, transaction, postgres, Stop).ConfigureAwait(false);
    }

    private IEnumerable<string> ChangedLeads() => batch.Leads.Select(lead => lead.Id)
        .Concat(batch.RowsOfLeads.Select(row => row.LeadId))
        .Concat(batch.Aliases.Where(alias => alias.Merge is not null).SelectMany(alias => new[] { alias.Alias, alias.LeadId }))
        .Where(_names.IsKnown).Select(_names.Resolve);

    private static bool IsObjection(HistoryRow row) => row is AttributeChange change && ProfilingObjection.IsRaisedBy(change);
}
