using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Pages.Shell;

/// <summary>For whom a page is drawn.</summary>
public sealed record PageContext
{
    /// <summary>Who looks, for the page's foot; null for a report or where no key is needed.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>What they may do.</summary>
    public AccessScopes Scopes { get; init; } = AccessScopes.Read;

    /// <summary>Goes with every form that changes something.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>Whether the page stands in a file of its own: no links to the service, no actions, nothing about single leads.</summary>
    public bool IsReport { get; init; }

    /// <summary>What was just done, or why not; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Whether the notice tells of a refusal.</summary>
    public bool NoticeIsFault { get; init; }

    /// <summary>Whether decisions about leads may be taken here.</summary>
    public bool CanDecide => !IsReport && Scopes.HasFlag(AccessScopes.Ingest);

    /// <summary>Whether models may be promoted here.</summary>
    public bool CanAdminister => !IsReport && Scopes.HasFlag(AccessScopes.Admin);
}
