namespace LeadPredict.Api.Rescoring;

/// <summary>Leads whose history came in through this service and that wait to be scored anew. Safe to use from many threads.</summary>
/// <remarks>It may forget some when there are very many: the store has marks of all, which are looked for a little later.</remarks>
internal sealed class ChangedLeads
{
    private const int Most = 100_000;
    private readonly Lock _changing = new();
    private HashSet<string> _leads = new(StringComparer.Ordinal);

    public void Note(IEnumerable<string> leads)
    {
        foreach (string lead in leads)
        {
            Note(lead);
        }
    }

    public void Note(string lead)
    {
        lock (_changing)
        {
            if (_leads.Count < Most)
            {
                _leads.Add(lead);
            }
        }
    }

    /// <summary>Takes all that wait.</summary>
    public IReadOnlyCollection<string> Take()
    {
        lock (_changing)
        {
            HashSet<string> taken = _leads;
            _leads = taken.Count == 0 ? taken : new(StringComparer.Ordinal);
            return taken.Count == 0 ? [] : taken;
        }
    }
}
