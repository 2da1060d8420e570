using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Counts what was decided about leads, when and why.</summary>
internal sealed class HandOffTally(HandOffTimeline definitions)
{
    private readonly SortedDictionary<string, (int Accepted, int Rejected)> _months = new(StringComparer.Ordinal);
    private readonly Dictionary<(HandOffAction Action, string Reason), int> _reasons = [];

    public void Add(IReadOnlyList<StageTransition> moves)
    {
        Stage before = Stage.Lead;
        Stage at = Stage.Lead;
        foreach (StageTransition move in moves.Where(move => move.To != at))
        {
            Add(PromiseTally.MonthOf(move.OccurredAt), before, at, move.To, move.Reason, 1);
            (before, at) = (at, move.To);
        }
    }

    /// <summary>Adds moves from one stage to another that are alike, of leads that were in the same stage before.</summary>
    public void Add(string month, Stage before, Stage from, Stage to, string? reason, int count)
    {
        HandOffAction? action = HandOffActions.Of(from, to);
        bool accepted = to.Reaches(Stage.SalesAccepted);
        if (from == Stage.MarketingQualified ? HandOffActions.IsNewMql(before) && (accepted || action == HandOffAction.Reject) : action == HandOffAction.Accept)
        {
            (int yes, int no) = _months.GetValueOrDefault(month);
            _months[month] = accepted ? (yes + count, no) : (yes, no + count);
        }

        if (action is { } known)
        {
            (HandOffAction, string) key = (known, reason?.Trim() ?? "");
            _reasons[key] = _reasons.GetValueOrDefault(key) + count;
        }
    }

    public IReadOnlyList<AcceptanceMonth> Months() =>
        [.. _months.Select(month => new AcceptanceMonth(month.Key, month.Value.Accepted, month.Value.Rejected))];

    public IReadOnlyList<ReasonCount> Reasons() =>
    [
        .. _reasons.GroupBy(entry => entry.Key.Action).OrderBy(group => group.Key).SelectMany(group =>
        {
            double all = group.Sum(entry => entry.Value);
            return group
                .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key.Reason, StringComparer.Ordinal)
                .Select(entry => new ReasonCount(group.Key.Word(), entry.Key.Reason, Text(group.Key, entry.Key.Reason), entry.Value, entry.Value / all));
        }),
    ];

    /// <summary>The words of the latest list that has the code; other systems' reasons speak for themselves.</summary>
    private string Text(HandOffAction action, string code) => code.Length == 0
        ? "no reason given"
        : definitions.Versions.Reverse().SelectMany(version => version.ReasonsOf(action)).FirstOrDefault(reason => reason.Code == code)?.Text
            ?? code.Replace('_', ' ');
}
