using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Snapshots;

/// <summary>
/// What was known of a lead at <see cref="AsOf"/>: rows with OccurredAt &lt; AsOf and RecordedAt &lt; AsOf, nothing else.
/// The only thing features and the scorecard ever see.
/// </summary>
/// <remarks>Immutable and safe to share between threads, until it is given to <see cref="Take"/> to be used again.</remarks>
public sealed class Snapshot
{
    private readonly Dictionary<string, AttributeValue> _attributes = new(StringComparer.OrdinalIgnoreCase);

    // Null where the lead has no colleagues.
    private AccountHistory? _account;
    private LeadHistory _lead = null!;

    private Snapshot(Lead lead) => Lead = lead;

    /// <summary>The instant of the decision; nothing at it or after it is inside.</summary>
    public DateTimeOffset AsOf { get; private set; }

    /// <summary>The lead.</summary>
    public Lead Lead { get; private set; }

    /// <summary>The company as known, or null.</summary>
    public Account? Account { get; private set; }

    /// <summary>The latest known value of each attribute; names compare without case. Cleared ones are there as missing.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Attributes => _attributes;

    /// <summary>The admitted attribute changes in order.</summary>
    public IReadOnlyList<AttributeChange> Changes { get; private set; } = [];

    /// <summary>The admitted touches in order.</summary>
    public IReadOnlyList<Touch> Touches { get; private set; } = [];

    /// <summary>The same where they lie, for those who look at all of them often.</summary>
    public ReadOnlySpan<Touch> TouchSpan => Touches switch
    {
        Touch[] all => all,
        ArraySegment<Touch> first => first,
        _ => Touches.ToArray(),
    };

    /// <summary>The admitted transitions in order.</summary>
    public IReadOnlyList<StageTransition> Transitions { get; private set; } = [];

    /// <summary>The admitted outcomes in order.</summary>
    public IReadOnlyList<Outcome> Outcomes { get; private set; } = [];

    /// <summary>The stage the lead is in; <see cref="Stages.Stage.Lead"/> before any transition.</summary>
    public Stage Stage { get; private set; }

    /// <summary>When the present stay in <see cref="Stage"/> began; repeated entries into the same stage do not begin it anew.</summary>
    public DateTimeOffset StageSince { get; private set; }

    /// <summary>The account's other leads that were known, with what was known of them. Made when it is asked for first.</summary>
    public IReadOnlyList<Colleague> Colleagues
    {
        get => field ??= _account is null ? [] : ColleaguesOf(_account, _lead, AsOf);
        private set;
    }

    /// <summary>Whether there are such.</summary>
    public bool HasColleagues => _account?.Leads.Any(other => !ReferenceEquals(other, _lead) && other.Lead.CountsFrom < AsOf) == true;

    /// <summary>How many of the lead's own rows were left out because they happened or were recorded at AsOf or later.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Cuts a snapshot of <paramref name="lead"/>, which must be one of the account's leads.</summary>
    /// <param name="account">The account.</param>
    /// <param name="lead">The lead.</param>
    /// <param name="asOf">
    /// The instant, in the form of <see cref="Time.UtcTime.Normalize"/> where it shall give the same bits as a scorer, which cuts it to that. Nothing is asked of it: of a lead that came later
    /// the snapshot is without rows, and tells of a creation that is still to come.
    /// </param>
    /// <param name="spent">
    /// A snapshot that nobody looks at any more: it is overwritten and returned, so that a service allocates nothing for it. Null for a new one.
    /// </param>
    /// <exception cref="ArgumentException">The lead is not of this account.</exception>
    public static Snapshot Take(AccountHistory account, LeadHistory lead, DateTimeOffset asOf, Snapshot? spent = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(lead);
        if (!account.Has(lead))
        {
            throw new ArgumentException($"lead '{lead.Lead.Id}' is not of {account.GroupKey}", nameof(lead));
        }

        Snapshot snapshot = spent ?? new(lead.Lead);
        snapshot.Cut(account, lead, asOf);
        return snapshot;
    }

    /// <summary>Whether a row is known at an instant: it happened before and was recorded before.</summary>
    public static bool Admits(HistoryRow row, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.OccurredAt < asOf && row.RecordedAt < asOf;
    }

    private void Cut(AccountHistory account, LeadHistory lead, DateTimeOffset asOf)
    {
        AsOf = asOf;
        Lead = lead.Lead;
        bool isOfAccount = Lead.IsAccountKnownAt(asOf);
        Account = isOfAccount && account.Account is { } known && known.CreatedAt < asOf && known.RecordedAt < asOf ? known : null;
        Touches = Admit(lead.Touches, asOf);
        Transitions = Admit(lead.Transitions, asOf);
        Changes = Admit(lead.Attributes, asOf);
        Outcomes = Admit(lead.Outcomes, asOf);
        LeftOut = lead.Touches.Count - Touches.Count + lead.Transitions.Count - Transitions.Count
            + lead.Attributes.Count - Changes.Count + lead.Outcomes.Count - Outcomes.Count;
        _attributes.Clear();
        for (int i = 0; i < Changes.Count; i++)
        {
            _attributes[Changes[i].Name] = Changes[i].Value;
        }

        Stage = Transitions.Count > 0 ? Transitions[^1].To : Stage.Lead;
        StageSince = StayBegan(Transitions, Lead.CreatedAt);
        _account = account.Leads.Count > 1 && isOfAccount ? account : null;
        _lead = lead;
        Colleagues = null!;
    }

    /// <summary>Counts <see cref="Colleagues"/> and what they did, without making them.</summary>
    public ColleagueTally TallyColleagues() => _account?.TallyColleagues(_lead, AsOf) ?? default;

    private static Colleague[] ColleaguesOf(AccountHistory account, LeadHistory lead, DateTimeOffset asOf)
    {
        var colleagues = new Colleague[account.Leads.Count - 1];
        int known = 0;
        for (int i = 0; i < account.Leads.Count; i++)
        {
            LeadHistory other = account.Leads[i];
            if (!ReferenceEquals(other, lead) && other.Lead.CountsFrom < asOf)
            {
                colleagues[known++] = new(other.Lead, Admit(other.Touches, asOf), Admit(other.Transitions, asOf));
            }
        }

        return known == colleagues.Length ? colleagues : colleagues[..known];
    }

    /// <summary>The rows are in order of OccurredAt, so mostly a leading part of them is admitted: then nothing is copied.</summary>
    private static IReadOnlyList<T> Admit<T>(IReadOnlyList<T> rows, DateTimeOffset asOf)
        where T : HistoryRow
    {
        T[] array = rows as T[] ?? [.. rows];
        int happened = 0, admitted = 0;
        while (happened < array.Length && array[happened].OccurredAt < asOf)
        {
            admitted += array[happened++].RecordedAt < asOf ? 1 : 0;
        }

        if (admitted == array.Length || admitted == 0)
        {
            return admitted == 0 ? [] : array;
        }

        return admitted == happened ? new ArraySegment<T>(array, 0, admitted) : Recorded(array, happened, asOf);
    }

    private static T[] Recorded<T>(T[] rows, int happened, DateTimeOffset asOf)
        where T : HistoryRow => [.. rows.Take(happened).Where(row => row.RecordedAt < asOf)];

    /// <summary>When a lead's last stay began; repeated entries into the same stage do not begin it anew.</summary>
    /// <param name="transitions">The lead's moves in order.</param>
    /// <param name="createdAt">When the lead came in: the answer for one without moves.</param>
    public static DateTimeOffset StayBegan(IReadOnlyList<StageTransition> transitions, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        if (transitions.Count == 0)
        {
            return createdAt;
        }

        int first = transitions.Count - 1;
        while (first > 0 && transitions[first - 1].To == transitions[^1].To)
        {
            first--;
        }

        return transitions[first].OccurredAt;
    }
}

/// <summary>Another lead of the same account as it was known at the snapshot's instant.</summary>
/// <param name="Lead">The other lead.</param>
/// <param name="Touches">Its admitted touches in order.</param>
/// <param name="Transitions">Its admitted transitions in order.</param>
public sealed record Colleague(Lead Lead, IReadOnlyList<Touch> Touches, IReadOnlyList<StageTransition> Transitions);
