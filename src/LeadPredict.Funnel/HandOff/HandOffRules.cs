using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.HandOff;

/// <summary>What somebody wants to decide.</summary>
/// <param name="Action">The action.</param>
/// <param name="Reason">A code of the team's list, or null.</param>
/// <param name="Amount">What the deal is worth, for won and lost; null when not known.</param>
/// <param name="Currency">Its currency, three capital letters (ISO 4217); there exactly when the amount is.</param>
public sealed record HandOffWish(HandOffAction Action, string? Reason = null, decimal? Amount = null, string? Currency = null);

/// <summary>Holds a wish against the stage and the team's definitions. Pure functions.</summary>
public static class HandOffRules
{
    private const decimal LargestAmount = 1_000_000_000_000m;

    /// <summary>The stage that the decision leads to.</summary>
    /// <param name="wish">What is wanted.</param>
    /// <param name="definition">The definitions in force.</param>
    /// <param name="stage">Where the lead is now.</param>
    /// <param name="stood">Where it stood before it was lost, for one that is; see <see cref="StoodAt"/>. A lost deal is reopened there.</param>
    /// <exception cref="HandOffRefusedException">It may not be decided so; the message says what may.</exception>
    public static Stage Decide(HandOffWish wish, HandOffDefinition definition, Stage stage, Stage stood)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(definition);
        if (!wish.Action.MayFollow(stage))
        {
            string may = string.Join(", ", HandOffActions.All.Where(action => action.MayFollow(stage)).Select(action => action.Word()));
            throw new HandOffRefusedException(
                HandOffFault.Stage, "action", $"'{wish.Action.Word()}' of a lead that is {stage}", may.Length == 0 ? "nothing: the lead is won" : "one of " + may);
        }

        HandOffReason? reason = ReasonOf(wish, definition);
        DemandMoney(wish);
        return wish.Action switch
        {
            HandOffAction.Accept => Stage.SalesAccepted,
            HandOffAction.Reject => reason?.To ?? Stage.Recycled,
            HandOffAction.Qualify => Stage.SalesQualified,
            HandOffAction.Recycle => Stage.Recycled,
            HandOffAction.Disqualify => Stage.Disqualified,
            HandOffAction.Reopen => stage == Stage.Lost && stood.Reaches(Stage.SalesQualified) ? stood : Stage.MarketingQualified,
            HandOffAction.Won => Stage.Won,
            _ => Stage.Lost,
        };
    }

    /// <summary>Where a lead stood before its deal ended, however often that was told: its last stage but won and lost.</summary>
    /// <param name="moves">Its moves in order.</param>
    public static Stage StoodAt(IEnumerable<StageTransition> moves) =>
        moves.Select(move => move.To).LastOrDefault(stage => stage is not (Stage.Won or Stage.Lost), Stage.Lead);

    private static HandOffReason? ReasonOf(HandOffWish wish, HandOffDefinition definition)
    {
        IReadOnlyList<HandOffReason> listed = definition.ReasonsOf(wish.Action);
        HandOffReason? found = listed.FirstOrDefault(reason => reason.Code == wish.Reason);
        if (found is not null || (listed.Count == 0 && wish.Reason is null))
        {
            return found;
        }

        string expected = listed.Count == 0
            ? $"none: definitions version {definition.Version} list no reasons to {wish.Action.Word()}"
            : $"one of {string.Join(", ", listed.Select(reason => reason.Code))} (definitions version {definition.Version})";
        throw new HandOffRefusedException(
            HandOffFault.Value, "reason", wish.Reason is null ? "no reason" : "a reason that is not on the list", expected);
    }

    private static void DemandMoney(HandOffWish wish)
    {
        bool deal = wish.Action is HandOffAction.Won or HandOffAction.Lost;
        if (!deal && (wish.Amount ?? (object?)wish.Currency) is not null)
        {
            throw new HandOffRefusedException(HandOffFault.Value, "amount", $"an amount to {wish.Action.Word()}", "none: only won and lost deals have one");
        }

        if (wish.Amount is < 0 or > LargestAmount)
        {
            throw new HandOffRefusedException(HandOffFault.Value, "amount", "an amount out of range", "0 to 1,000,000,000,000");
        }

        if (wish.Amount is null != wish.Currency is null)
        {
            throw new HandOffRefusedException(
                HandOffFault.Value, wish.Amount is null ? "amount" : "currency", "nothing", "an amount with its currency, or neither");
        }

        if (wish.Currency is { } currency && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
        {
            throw new HandOffRefusedException(HandOffFault.Value, "currency", "something else", "three capital letters as in ISO 4217, for example EUR");
        }
    }
}

/// <summary>Why a decision was refused.</summary>
public enum HandOffFault
{
    /// <summary>A value is not as it must be.</summary>
    Value,

    /// <summary>The lead is at a stage that the action cannot follow.</summary>
    Stage,

    /// <summary>Somebody else decided in between.</summary>
    Overtaken,
}

/// <summary>A decision was refused; nothing was written.</summary>
public sealed class HandOffRefusedException : Exception
{
    /// <param name="fault">What kind of refusal.</param>
    /// <param name="field">The field by its JSON name.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What was expected.</param>
    public HandOffRefusedException(HandOffFault fault, string field, string found, string expected)
        : base($"{field}: found {found}; expected {expected}")
    {
        Fault = fault;
        Field = field;
        Found = found;
        Expected = expected;
    }

    /// <summary>What kind of refusal.</summary>
    public HandOffFault Fault { get; }

    /// <summary>The field by its JSON name.</summary>
    public string Field { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }
}
