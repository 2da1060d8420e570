using LeadPredict.Api.Errors;

namespace LeadPredict.Api.Rescoring;

/// <summary>Leads whose scoring failed by a bug. They keep no other waiting: they are due again as if they had been scored. Safe to use from many threads.</summary>
/// <remarks>Where there are very many, the others are tried again and again.</remarks>
internal sealed class LeftOutLeads(LeadPredictApiOptions options, ILogger<LeftOutLeads> log)
{
    private const int Most = 10_000;
    private readonly Lock _changing = new();
    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);
    private readonly RepeatedFault _fault = new(log, options.Time, "A lead is left out of rescoring");

    public void Note(IEnumerable<string> leads, Exception bug)
    {
        _fault.Tell($"{LoggedFault.Name(bug)} at {bug.StackTrace}");
        DateTimeOffset until = options.Time.GetUtcNow() + options.RescoreEvery;
        lock (_changing)
        {
            foreach (string lead in leads)
            {
                if (_until.Count < Most || _until.ContainsKey(lead))
                {
                    _until[lead] = until;
                }
            }
        }
    }

    /// <summary>Those that are not due now.</summary>
    public IReadOnlySet<string> Now()
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        lock (_changing)
        {
            foreach (string lead in _until.Where(lead => lead.Value <= now).Select(lead => lead.Key).ToArray())
            {
                _until.Remove(lead);
            }

            return _until.Keys.ToHashSet(StringComparer.Ordinal);
        }
    }
}
