using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;

namespace LeadPredict.Api.Ingest;

/// <summary>One thing that a sender tells, and the rows of history that it became.</summary>
internal sealed class IngestItem
{
    public const string DeletedByMerge = "It became part of another by a merge, or is not known.";

    /// <summary>What names it in the answer: its own identifier, or the one made of its content; null where it has none.</summary>
    public string? Id { get; set; }

    /// <summary>Why it tells nothing for the history, or null.</summary>
    public string? Ignored { get; set; }

    /// <summary>What is wrong with it; then none of its rows is kept.</summary>
    public List<RequestFault> Faults { get; } = [];

    /// <summary>Values that are not what their field holds. The rest of the item is kept.</summary>
    public List<RequestFault> LeftOut { get; } = [];

    public List<Account> Accounts { get; } = [];

    public List<Lead> Leads { get; } = [];

    public List<Touch> Touches { get; } = [];

    public List<AttributeChange> Attributes { get; } = [];

    public List<StageTransition> Transitions { get; } = [];

    public List<Outcome> Outcomes { get; } = [];

    public List<LeadAlias> Aliases { get; } = [];

    /// <summary>The lead whose record the item says is gone, or null. That disqualifies nobody where a merge made it part of another.</summary>
    public string? Deleted { get; set; }

    /// <summary>The lead that the item asks to forget, or null.</summary>
    public string? Forget { get; set; }

    /// <summary>How many rows it became.</summary>
    public int Count => Accounts.Count + Leads.Count + Touches.Count + Attributes.Count + Transitions.Count + Outcomes.Count;
}
