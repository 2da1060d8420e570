namespace LeadPredict.Funnel.Leads;

/// <summary>All that was ever recorded of one lead, in order of <see cref="HistoryRow.OccurredAt"/>, then <see cref="HistoryRow.RecordedAt"/>.</summary>
/// <remarks>
/// <para>
/// Where both instants are the same, as in exports that keep dates alone, transitions come in the order of the stages, attribute
/// changes by name and value, the rest by identifier; so the order never depends on how the rows came in.
/// </para>
/// <para>Ends of deals that a plan told give way to what happened: see <see cref="PlannedEnds"/>. Amounts are those of the last correction: see <see cref="CorrectedAmounts"/>.
/// An entry of a stage that was told to the second and to the minute is one.</para>
/// <para>Immutable and safe to share between threads. It holds the future too: only a snapshot may be scored.</para>
/// </remarks>
public sealed class LeadHistory
{
    // So many rows are sorted where they are looked at, without a call for each comparison.
    private const int Few = 64;

    /// <summary>Sorts the rows; they may come in any order, and must all be of <paramref name="lead"/>.</summary>
    /// <exception cref="ArgumentException">A row belongs to another lead.</exception>
    public LeadHistory(
        Lead lead,
        IEnumerable<Touch>? touches = null,
        IEnumerable<AttributeChange>? attributes = null,
        IEnumerable<StageTransition>? transitions = null,
        IEnumerable<Outcome>? outcomes = null)
    {
        ArgumentNullException.ThrowIfNull(lead);
        Lead = lead;
        Touches = Sorted(touches, touch => touch.Id);
        Attributes = Sorted(attributes, change => change.Name, ByNameAndValue);
        StageTransition[] recorded = Sorted(transitions, transition => transition.Id, (a, b) => a.To.CompareTo(b.To));
        RecordedTransitions = recorded.Length;
        Outcome[] deals = Sorted(outcomes, outcome => outcome.Id);
        (StageTransition[] happened, Outcomes) = PlannedEnds.Without(recorded, CorrectedAmounts.AppliedTo(deals));
        Transitions = CutEntries.Without(happened, lead.CreatedAt);
        RecordedRows = Touches.Count + Attributes.Count + recorded.Length + deals.Length;
    }

    /// <summary>The lead itself.</summary>
    public Lead Lead { get; }

    /// <summary>Other leads that are the same person and whose rows are among these; none unless they were merged. In ordinal order.</summary>
    public IReadOnlyList<string> MergedIds { get; init; } = [];

    /// <summary>Whether the lead goes by this identifier, its own or one that was merged into it.</summary>
    public bool Is(string leadId) => Lead.Id == leadId || MergedIds.Contains(leadId);

    /// <summary>Its touches.</summary>
    public IReadOnlyList<Touch> Touches { get; }

    /// <summary>Its attribute changes.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; }

    /// <summary>Its stage transitions, but for those that give way to another that tells of the same.</summary>
    public IReadOnlyList<StageTransition> Transitions { get; }

    /// <summary>How many transitions were recorded, those that give way among them.</summary>
    public int RecordedTransitions { get; }

    /// <summary>How many rows were recorded in all, those that give way among them.</summary>
    public int RecordedRows { get; }

    /// <summary>What its deals were worth.</summary>
    public IReadOnlyList<Outcome> Outcomes { get; }

    private static int ByNameAndValue(AttributeChange a, AttributeChange b)
    {
        int order = string.CompareOrdinal(a.Name, b.Name);
        order = order != 0 ? order : a.Value.Kind.CompareTo(b.Value.Kind);
        order = order != 0 ? order : a.Value.Number.CompareTo(b.Value.Number);
        return order != 0 ? order : string.CompareOrdinal(a.Value.Text, b.Value.Text);
    }

    private T[] Sorted<T>(IEnumerable<T>? rows, Func<T, string> id, Comparison<T>? sameInstant = null)
        where T : HistoryRow
    {
        T[] sorted = [.. rows ?? []];
        foreach (T row in sorted)
        {
            if (row.LeadId != Lead.Id)
            {
                throw new ArgumentException(
                    $"{typeof(T).Name} '{id(row)}' is of lead '{row.LeadId}', expected lead '{Lead.Id}'", nameof(rows));
            }
        }

        return sorted.Length < 2 ? sorted : InOrder(sorted, id, sameInstant);
    }

    private static T[] InOrder<T>(T[] rows, Func<T, string> id, Comparison<T>? sameInstant)
        where T : HistoryRow
    {
        if (rows.Length <= Few)
        {
            return FewInOrder(rows, id, sameInstant);
        }

        // Stores mostly give the rows as they came in, which is in order.
        for (int i = 1; i < rows.Length; i++)
        {
            if (Compare(rows[i - 1], rows[i], id, sameInstant) > 0)
            {
                Array.Sort(rows, (a, b) => Compare(a, b, id, sameInstant));
                break;
            }
        }

        return rows;
    }

    /// <summary>Puts a few rows in order by the numbers of their instants; only rows of one instant are compared whole.</summary>
    private static T[] FewInOrder<T>(T[] rows, Func<T, string> id, Comparison<T>? sameInstant)
        where T : HistoryRow
    {
        Span<long> at = stackalloc long[rows.Length];
        Span<int> order = stackalloc int[rows.Length];
        bool moved = false;
        for (int i = 0; i < rows.Length; i++)
        {
            long instant = rows[i].OccurredAt.UtcTicks;
            int place = i;
            while (place > 0 && (at[place - 1] > instant || (at[place - 1] == instant && Compare(rows[order[place - 1]], rows[i], id, sameInstant) > 0)))
            {
                (at[place], order[place]) = (at[place - 1], order[place - 1]);
                place--;
            }

            (at[place], order[place]) = (instant, i);
            moved |= place != i;
        }

        if (!moved)
        {
            return rows;
        }

        var sorted = new T[rows.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = rows[order[i]];
        }

        return sorted;
    }

    private static int Compare<T>(T a, T b, Func<T, string> id, Comparison<T>? sameInstant)
        where T : HistoryRow
    {
        int order = a.OccurredAt.CompareTo(b.OccurredAt);
        order = order != 0 ? order : a.RecordedAt.CompareTo(b.RecordedAt);
        order = order != 0 || sameInstant is null ? order : sameInstant(a, b);
        return order != 0 ? order : string.CompareOrdinal(id(a), id(b));
    }
}
