using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;
using LeadPredict.Storage.Merges;

namespace LeadPredict.Storage.Rows;

internal abstract partial class Appender
{
    private const int MostRounds = 50;

    /// <summary>Adds those changes that were not delivered before, and makes corrections of those that say otherwise than what is kept.</summary>
    private async Task<AddedRows> AddMarkedAsync(IReadOnlyList<AttributeChange> rows, bool tell)
    {
        bool[] isNew = await MarkAsync(rows).ConfigureAwait(false);
        HashSet<int> told = await ToldOfTheirInstantAsync(rows, isNew).ConfigureAwait(false);
        bool[] adds = [.. isNew.Select((yes, i) => yes && !told.Contains(i))];
        bool[] each = Spread(adds, (await AddAsync([.. rows.Where((_, i) => adds[i])], tell: true).ConfigureAwait(false)).Each!);
        int[] others = [.. Enumerable.Range(0, rows.Count).Where(i => !each[i] && (isNew[i] || rows[i].ReadAt is not null))];
        if (others.Length > 0)
        {
            await CorrectAsync(rows, others, each).ConfigureAwait(false);
        }

        return new(each.Count(added => added), each);
    }

    /// <summary>
    /// Those new values of which nobody said when they were known, where another of their instant is kept or was told before them: however late that was recorded, as imports say, it is
    /// what they correct.
    /// </summary>
    private async Task<HashSet<int>> ToldOfTheirInstantAsync(IReadOnlyList<AttributeChange> rows, bool[] isNew)
    {
        int[] supposed = [.. Enumerable.Range(0, rows.Count).Where(i => isNew[i] && rows[i].IsRecordedSupposed)];
        if (supposed.Length == 0)
        {
            return [];
        }

        IReadOnlyList<StoredValue> kept = await ValuesAsync([.. supposed.Select(i => rows[i].LeadId).Distinct(StringComparer.Ordinal)]).ConfigureAwait(false);
        HashSet<(string, string, long)> instants = [.. kept.Select(value => (value.LeadId, Corrections.Key(value.Name), value.OccurredAt))];
        var told = new HashSet<int>();
        for (int i = 0; i < rows.Count; i++)
        {
            if (isNew[i] && !instants.Add((rows[i].LeadId, Corrections.Key(rows[i].Name), UtcTime.ToMicroseconds(rows[i].OccurredAt))) && rows[i].IsRecordedSupposed)
            {
                told.Add(i);
            }
        }

        return told;
    }

    private async Task CorrectAsync(IReadOnlyList<AttributeChange> rows, int[] others, bool[] each)
    {
        for (int round = 0; others.Length > 0 && round < MostRounds; round++)
        {
            string[] leads = [.. others.Select(i => rows[i].LeadId).Distinct(StringComparer.Ordinal)];
            var corrections = new Corrections(await ValuesAsync(leads).ConfigureAwait(false), batch.DeliveredAt);
            (int Place, AttributeChange? Row)[] made = [.. others.Select(i => (i, corrections.Of(rows[i]))).Where(one => one.Item2 is not null)];
            if (round == 0)
            {
                // One that keeps its instant has its mark already.
                bool[] isNew = await MarkAsync([.. made.Select(one => one.Row!)]).ConfigureAwait(false);
                made = [.. made.Where((one, i) => isNew[i] || rows[one.Place].ReadAt is null)];
            }

            others = await AddMadeAsync(made, each, AddAsync).ConfigureAwait(false);
        }
    }

    /// <summary>Adds outcomes, of those with one identifier the earliest, and what others say that is not kept; see <see cref="DealCorrections"/>.</summary>
    private async Task<AddedRows> AddCorrectingAsync(IReadOnlyList<Outcome> rows, bool tell)
    {
        int[] firsts = [.. Enumerable.Range(0, rows.Count).OrderBy(i => rows[i].OccurredAt).DistinctBy(i => rows[i].Id).Order()];
        bool[] isNew = (await AddAsync([.. firsts.Select(i => rows[i])], tell: true).ConfigureAwait(false)).Each!;
        var each = new bool[rows.Count];
        for (int i = 0; i < firsts.Length; i++)
        {
            each[firsts[i]] = isNew[i];
        }

        int[] others = [.. Enumerable.Range(0, rows.Count).Where(i => !each[i]).OrderBy(i => rows[i].RecordedAt)];
        for (int round = 0; others.Length > 0 && round < MostRounds; round++)
        {
            var corrections = new DealCorrections(await DealsAsync([.. others.Select(i => rows[i])]).ConfigureAwait(false));
            _otherEnds += round == 0 ? others.Count(i => corrections.EndsOtherwise(rows[i])) : 0;
            (int Place, Outcome? Row)[] made = [.. others.Select(i => (i, corrections.Of(rows[i]))).Where(one => one.Item2 is not null)];
            others = await AddMadeAsync(made, each, AddAsync).ConfigureAwait(false);
        }

        return new(each.Count(added => added), each);
    }

    /// <summary>Adds corrections, and notes by their places which were new.</summary>
    /// <returns>The places of the others: another writer corrected the same meanwhile, and these are to correct what it says.</returns>
    private static async Task<int[]> AddMadeAsync<TRow>((int Place, TRow? Row)[] made, bool[] each, Func<IReadOnlyList<TRow>, bool, Task<AddedRows>> add)
    {
        bool[] added = made.Length == 0 ? [] : (await add([.. made.Select(one => one.Row!)], true).ConfigureAwait(false)).Each!;
        foreach (((int place, _), bool isAdded) in made.Zip(added))
        {
            each[place] = isAdded;
        }

        return [.. made.Select(one => one.Place).Where(place => !each[place])];
    }

    private async Task<bool[]> MarkAsync(IReadOnlyList<AttributeChange> rows) =>
        rows.Count == 0 ? [] : (await MarkAsync([.. rows.Select(row => (row.LeadId, WaitingRow.Mark(row)))]).ConfigureAwait(false)).Each!;

    private static bool[] Spread(bool[] given, bool[] added)
    {
        int next = 0;
        return [.. given.Select(isGiven => isGiven && added[next++])];
    }

    /// <summary>Merges the known leads of which a sender says that they are one.</summary>
    private async Task AddMergesAsync(RowState[] states)
    {
        await StoredMerges.NoteRecordsAsync(batch.Aliases, connection, transaction, Stop).ConfigureAwait(false);
        int[] told = [.. Enumerable.Range(0, states.Length).Where(i => _names.Merged(batch.Aliases[i]) is not null)];
        if (told.Length == 0)
        {
            return;
        }

        bool[] added = await StoredMerges.AddToldAsync(
            [.. told.Select(i => (_names.Merged(batch.Aliases[i])!, batch.Aliases[i].Merge!.At))], connection, transaction, postgres, Stop).ConfigureAwait(false);
        for (int i = 0; i < added.Length; i++)
        {
            _changed.UnionWith(added[i] ? [batch.Aliases[told[i]].Alias, batch.Aliases[told[i]].LeadId] : []);
            states[told[i]] = added[i] ? RowState.Added : states[told[i]];
        }
    }
}
