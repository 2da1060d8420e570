using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.Rows;

/// <summary>A row of <c>outcomes</c> with the lead it is about.</summary>
internal sealed class StoredDeal : StoredOutcome
{
    public string LeadId { get; set; } = "";

    public Outcome ToOutcome() => ToOutcome(LeadId);
}
