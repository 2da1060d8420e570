using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.HandOff;

/// <summary>What marketing and sales agreed on, and the decisions taken under it, beside the history in the same store.</summary>
/// <remarks>Append-only. Safe to use from several threads and processes. It belongs to the history store it was opened from and ends with it.</remarks>
public interface IHandOffStore
{
    /// <summary>Every state of the definitions that was adopted, the lowest version first; empty when none was.</summary>
    Task<IReadOnlyList<AdoptedDefinitions>> ReadDefinitionsAsync(CancellationToken ct = default);

    /// <summary>Adopts a state of the definitions.</summary>
    /// <returns>False when that version is there with the same text: nothing was written.</returns>
    /// <exception cref="DefinitionsConflictException">That version is there with another text, or a later one is.</exception>
    Task<bool> AdoptAsync(AdoptedDefinitions definitions, CancellationToken ct = default);

    /// <summary>Writes a decision with the move and the outcome that go with it, in one transaction.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="knownTransitions">How many transitions of the lead the decision was taken on.</param>
    /// <param name="ct">Stops the writing.</param>
    /// <returns>False when the lead has more or fewer transitions by now, or the identifier is taken: nothing was written.</returns>
    Task<bool> DecideAsync(StageDecision decision, int knownTransitions, CancellationToken ct = default);

    /// <summary>The decisions about a lead, in order of time; empty for a lead without.</summary>
    Task<IReadOnlyList<DecisionNote>> ReadDecisionsAsync(string leadId, CancellationToken ct = default);
}

/// <summary>A state of the definitions as it was adopted.</summary>
/// <param name="Version">At least 1.</param>
/// <param name="Yaml">The file's text.</param>
/// <param name="AdoptedAt">When.</param>
/// <param name="Actor">By whom, or null when not said.</param>
public sealed record AdoptedDefinitions(int Version, string Yaml, DateTimeOffset AdoptedAt, string? Actor);

/// <summary>A decision with all that it writes.</summary>
/// <param name="Move">The move to another stage.</param>
/// <param name="Outcome">What the deal was worth, of the same lead, or null.</param>
/// <param name="Note">What the history itself has no place for.</param>
public sealed record StageDecision(StageTransition Move, Outcome? Outcome, DecisionNote Note);

/// <summary>What is kept of a decision beside its move.</summary>
/// <param name="TransitionId">The move.</param>
/// <param name="Action">What was decided, as <c>accept</c>.</param>
/// <param name="DefinitionsVersion">Under which version of the definitions; 0 for those that ship with LeadPredict.</param>
/// <param name="Text">What somebody wrote about it, or null.</param>
public sealed record DecisionNote(string TransitionId, string Action, int DefinitionsVersion, string? Text);

/// <summary>Definitions of that version, or of a later one, are in force already; nothing was written.</summary>
public sealed class DefinitionsConflictException : Errors.StorageException
{
    internal DefinitionsConflictException(int offered, int latest)
        : base($"definitions version {offered}: version {latest} is adopted already and never changes; give the changed file version {latest + 1}")
    {
        Offered = offered;
        Latest = latest;
    }

    /// <summary>The version offered.</summary>
    public int Offered { get; }

    /// <summary>The latest that is adopted.</summary>
    public int Latest { get; }
}
