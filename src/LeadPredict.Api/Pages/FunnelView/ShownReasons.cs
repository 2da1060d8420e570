using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Measures;

namespace LeadPredict.Api.Pages.FunnelView;

/// <summary>
/// The reasons that may be shown where single leads may not: those that the team agreed on, and of other systems' those that came often. What was typed
/// once may name somebody. The rest is one row, so that counts and shares still add up.
/// </summary>
internal static class ShownReasons
{
    /// <summary>How often a reason that is in no definitions was given at least.</summary>
    public const int FewestTimes = 5;

    /// <summary>More reasons than this are read by nobody.</summary>
    public const int MostReasons = 24;

    /// <summary>The reasons of one action, the most common first.</summary>
    /// <param name="reasons">All that were given, the most common first.</param>
    /// <param name="definitions">The team's definitions; a reason of any version is the team's.</param>
    public static IReadOnlyList<ReasonCount> Of(IEnumerable<ReasonCount> reasons, HandOffTimeline definitions)
    {
        ILookup<bool, ReasonCount> all = reasons.ToLookup(reason => reason.Reason.Length == 0 || reason.Count >= FewestTimes || IsListed(reason, definitions));
        ReasonCount[] rest = [.. all[true].Skip(MostReasons), .. all[false]];
        return rest.Length == 0
            ? [.. all[true]]
            : [.. all[true].Take(MostReasons), rest[0] with { Reason = "", Text = "(all others)", Count = rest.Sum(reason => reason.Count), Share = rest.Sum(reason => reason.Share) }];
    }

    private static bool IsListed(ReasonCount reason, HandOffTimeline definitions) => HandOffActions.All.Any(action =>
        action.Word() == reason.Action && definitions.Versions.Any(version => version.ReasonsOf(action).Any(listed => listed.Code == reason.Reason)));
}
