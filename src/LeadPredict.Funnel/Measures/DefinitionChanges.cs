using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Tells how definitions changed from version to version.</summary>
internal static class DefinitionChanges
{
    /// <summary>The latest first.</summary>
    public static IReadOnlyList<DefinitionsInForce> Of(HandOffTimeline timeline) =>
    [
        .. timeline.Versions.Select((version, i) => new DefinitionsInForce(
            version.Version,
            version.Name,
            version.From,
            version.SqlsPerMonth,
            version.FirstCallHours,
            i == 0 ? [] : [.. Between(timeline.Versions[i - 1], version)])).Reverse(),
    ];

    private static IEnumerable<string> Between(HandOffDefinition before, HandOffDefinition after)
    {
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            string? was = before.Stages.GetValueOrDefault(stage);
            string? now = after.Stages.GetValueOrDefault(stage);
            if (was != now)
            {
                yield return now is null ? $"{stage} is no longer defined" : $"{stage} is now: {now}";
            }
        }

        foreach (HandOffAction action in HandOffActions.All)
        {
            string[] was = [.. before.ReasonsOf(action).Select(reason => reason.Code)];
            string[] now = [.. after.ReasonsOf(action).Select(reason => reason.Code)];
            if (now.Except(was).ToArray() is { Length: > 0 } added)
            {
                yield return $"reasons to {action.Word()}: added {string.Join(", ", added)}";
            }

            if (was.Except(now).ToArray() is { Length: > 0 } gone)
            {
                yield return $"reasons to {action.Word()}: removed {string.Join(", ", gone)}";
            }
        }

        if (before.SqlsPerMonth != after.SqlsPerMonth)
        {
            yield return FormattableString.Invariant($"SQLs promised a month: {Shown(before.SqlsPerMonth)} to {Shown(after.SqlsPerMonth)}");
        }

        if (before.FirstCallHours != after.FirstCallHours)
        {
            yield return FormattableString.Invariant($"hours to the first call: {Shown(before.FirstCallHours)} to {Shown(after.FirstCallHours)}");
        }
    }

    private static string Shown(double? value) => value is { } known ? FormattableString.Invariant($"{known:0.##}") : "none";
}
