using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Gathers how long leads stay in the stages that can be left.</summary>
internal sealed class StageTally(DateTimeOffset observedUntil)
{
    private readonly SortedDictionary<Stage, List<TimeToConvert>> _stays = [];

    public void Add(Stage stage, DateTimeOffset openedAt, DateTimeOffset? closedAt)
    {
        if (stage.IsFinal() || openedAt >= observedUntil)
        {
            return;
        }

        if (!_stays.TryGetValue(stage, out List<TimeToConvert>? stays))
        {
            _stays.Add(stage, stays = []);
        }

        stays.Add(new(((closedAt ?? observedUntil) - openedAt).TotalDays, closedAt is not null));
    }

    public IReadOnlyList<StageTime> Measure() =>
    [
        .. _stays.Select(entry =>
        {
            var left = new ConversionCurve(entry.Value);
            return new StageTime(
                entry.Key,
                entry.Value.Count,
                entry.Value.Count(stay => !stay.Converted),
                left.DaysTo(0.25),
                left.DaysTo(0.5),
                left.DaysTo(0.75));
        }),
    ];
}
