using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Gathers how long leads stay in the stages that can be left.</summary>
internal sealed class StageTally(DateTimeOffset observedUntil)
{
    private readonly SortedDictionary<Stage, List<TimeToConvert>> _stays = [];

    public void Add(StageEpisode stay)
    {
        if (stay.Stage.IsFinal() || stay.OpenedAt >= observedUntil)
        {
            return;
        }

        if (!_stays.TryGetValue(stay.Stage, out List<TimeToConvert>? stays))
        {
            _stays.Add(stay.Stage, stays = []);
        }

        stays.Add(new(((stay.ClosedAt ?? observedUntil) - stay.OpenedAt).TotalDays, stay.ClosedAt is not null));
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
