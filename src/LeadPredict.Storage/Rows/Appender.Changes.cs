using LeadPredict.Funnel.Leads;
using LeadPredict.Storage.Outbox;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Storage.Rows;

/// <content>What follows of new rows in the same transaction: their leads are due for a score, and of those who object nothing that waits is told.</content>
internal abstract partial class Appender
{
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _objecting = new(StringComparer.Ordinal);
    private bool _anyScore;

    /// <summary>Whether it must be known of each row whether it was new.</summary>
    private bool AsksForStates<TRow>(List<TRow> rows)
        where TRow : HistoryRow => _anyScore || rows.Exists(IsObjection);

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

    private async Task FollowAsync()
    {
        await ChangedScores.MarkAsync(_changed, connection, transaction, postgres, Stop).ConfigureAwait(false);
        await StoredOutbox.WithdrawAsync(_objecting, connection, transaction, postgres, Stop).ConfigureAwait(false);
    }

    private static bool IsObjection(HistoryRow row) => row is AttributeChange change && ProfilingObjection.IsRaisedBy(change);
}
