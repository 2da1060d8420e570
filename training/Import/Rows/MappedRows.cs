using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Training.Import.Rows;

/// <summary>What the rows read so far became; emptied when it is written to the store.</summary>
internal sealed class MappedRows
{
    private readonly ToldValues _told = new();
    private List<Account> _accounts = [];
    private List<Lead> _leads = [];
    private List<Touch> _touches = [];
    private List<AttributeChange> _attributes = [];
    private List<StageTransition> _transitions = [];
    private List<Outcome> _outcomes = [];

    /// <summary>How many rows of history wait.</summary>
    public int Count { get; private set; }

    /// <summary>The records that became rows of a lead which they do not make, by the lead, since the last take.</summary>
    public Dictionary<string, List<Reject>> Mentions { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>What could not be taken, since the last take.</summary>
    public List<Reject> Rejects { get; private set; } = [];

    /// <summary>Other names of the whole file's leads.</summary>
    public List<LeadAlias> Aliases { get; } = [];

    /// <summary>The leads of the whole file that were merged into others.</summary>
    public List<MergedLead> Merges { get; } = [];

    /// <summary>Records of the file of which nothing could be taken.</summary>
    public long RejectedRecords { get; set; }

    /// <summary>Records left out because no row of a joined file says which lead they are about.</summary>
    public long UnjoinedRecords { get; set; }

    /// <summary>Values left out because the row does not say when they were known.</summary>
    public long UndatedValues { get; set; }

    public void Add(Account account) => Add(_accounts, account);

    public void Add(Lead lead) => Add(_leads, lead);

    public void Add(Touch touch) => Add(_touches, touch);

    public void Add(AttributeChange change) => Add(_attributes, change);

    public void Add(StageTransition transition) => Add(_transitions, transition);

    public void Add(Outcome outcome) => Add(_outcomes, outcome);

    /// <summary>Notes at which instants the values that wait were told.</summary>
    public void NoteInstants(RecurringInstants instants) => _attributes.ForEach(instants.Note);

    /// <summary>Hands over what waits and begins anew.</summary>
    /// <param name="recurring">The instants of fields that the files tell more than once.</param>
    public (HistoryBatch Batch, List<Reject> Rejects, Dictionary<string, List<Reject>> Mentions) Take(RecurringInstants recurring)
    {
        var batch = new HistoryBatch
        {
            FillsLeads = true,
            Accounts = _accounts,
            Leads = _leads,
            Touches = _touches,
            Attributes = [.. _attributes.Select(change => recurring.Has(change) ? _told.Apart(change) : change)],
            Transitions = _transitions,
            Outcomes = _outcomes,
        };
        var taken = (batch, Rejects, Mentions);
        Drop();
        return taken;
    }

    /// <summary>Begins anew without what waits.</summary>
    public void Drop()
    {
        (_accounts, _leads, _touches, _attributes, _transitions, _outcomes) = ([], [], [], [], [], []);
        Rejects = [];
        Mentions = new(StringComparer.Ordinal);
        Count = 0;
    }

    private void Add<T>(List<T> rows, T row)
    {
        rows.Add(row);
        Count++;
    }
}
