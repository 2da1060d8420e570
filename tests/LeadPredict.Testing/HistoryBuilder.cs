using LeadPredict.Funnel.Leads;

namespace LeadPredict.Testing;

/// <summary>Builds the history of one account with its leads.</summary>
public sealed class HistoryBuilder
{
    private readonly List<LeadBuilder> _leads = [];
    private readonly Account _account;

    public HistoryBuilder(string accountId = "acme", double created = 0, double? recorded = null) => _account = new()
    {
        Id = accountId,
        Name = accountId,
        Domain = accountId + ".example",
        CreatedAt = Day.At(created),
        RecordedAt = Day.At(recorded ?? created),
    };

    /// <summary>Adds a lead; <paramref name="build"/> says what it did.</summary>
    public HistoryBuilder With(string leadId, double created, Action<LeadBuilder>? build = null)
    {
        LeadBuilder lead = new(leadId, created, account: _account.Id);
        build?.Invoke(lead);
        _leads.Add(lead);
        return this;
    }

    public AccountHistory Build() => new(_account, _leads.Select(lead => lead.Build()));
}
