using LeadPredict.Features.Sources;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Features.Extraction;

/// <summary>Reads a feature that only a snapshot can tell. Immutable.</summary>
internal abstract class SnapshotReader
{
    public abstract float Read(scoped in SnapshotFacts facts);

    /// <summary>The reader of a definition, or null when it is made of one attribute or is a count that stands in the tally.</summary>
    public static SnapshotReader? For(FeatureDefinition feature, TouchPlan plan) => feature.Source switch
    {
        LeadSource => new SourceReader(new(feature.Categories)),
        LeadAge => new AgeReader(),
        TouchRecency source => new RecencyReader(plan.SlotOf(source.Filter)),
        ActiveDays source => new ActiveDaysReader(plan.WindowOf(source.Days)),
        ActivityTrend source => new TrendReader(plan.ActivitySlot, plan.WindowOf(source.Days), plan.WindowOf(2 * source.Days)),
        CurrentStage => new StageReader(feature.Categories),
        TimeInStage => new TimeInStageReader(),
        StageVelocity source => new VelocityReader(source),
        EarlierEntries source => new EarlierReader(source.Stage),
        AccountActivity source => new AccountReader(source.Measure),
        _ => null,
    };

    private sealed class SourceReader(CategoryCodes codes) : SnapshotReader
    {
        public override float Read(scoped in SnapshotFacts facts) => codes.Read(facts.Snapshot.Lead.Source);
    }

    private sealed class AgeReader : SnapshotReader
    {
        public override float Read(scoped in SnapshotFacts facts) => (float)facts.DaysSince(facts.Snapshot.Lead.CreatedAt);
    }

    private sealed class RecencyReader(int slot) : SnapshotReader
    {
        public override float Read(scoped in SnapshotFacts facts) => facts.Tally.Youngest(slot) is var age && age < long.MaxValue
            ? (float)(age / (double)TimeSpan.TicksPerDay)
            : float.NaN;
    }

    private sealed class ActiveDaysReader(int window) : SnapshotReader
    {
        public override float Read(scoped in SnapshotFacts facts) => facts.Tally.Days(window);
    }

    private sealed class TrendReader(int slot, int recent, int both) : SnapshotReader
    {
        public override float Read(scoped in SnapshotFacts facts)
        {
            int now = facts.Tally.Count(slot, recent), all = facts.Tally.Count(slot, both);
            return all == 0 ? float.NaN : (float)((2.0 * now) - all) / all;
        }
    }

    private sealed class StageReader(IReadOnlyList<string> categories) : SnapshotReader
    {
        private readonly float[] _codes = [.. Enum.GetValues<Stage>().Select(stage =>
            (float)Math.Max(0, categories.ToList().IndexOf(stage.ToString())))];

        public override float Read(scoped in SnapshotFacts facts) => _codes[(int)facts.Stage];
    }

    private sealed class TimeInStageReader : SnapshotReader
    {
        public override float Read(scoped in SnapshotFacts facts) => (float)facts.DaysSince(facts.StageSince);
    }

    private sealed class VelocityReader(StageVelocity source) : SnapshotReader
    {
        public override float Read(scoped in SnapshotFacts facts)
        {
            DateTimeOffset? from = source.From == Stage.Lead ? facts.Snapshot.Lead.CreatedAt : First(facts, source.From);
            DateTimeOffset? to = First(facts, source.To);
            return from is { } start && to is { } end ? (float)Math.Max(0, (end - start).TotalDays) : float.NaN;
        }

        private static DateTimeOffset? First(scoped in SnapshotFacts facts, Stage stage)
        {
            for (int i = 0; i < facts.TransitionCount; i++)
            {
                (Stage to, DateTimeOffset at) = facts.Transition(i);
                if (to == stage)
                {
                    return at;
                }
            }

            return null;
        }
    }

    private sealed class EarlierReader(Stage stage) : SnapshotReader
    {
        public override float Read(scoped in SnapshotFacts facts)
        {
            Stage before = Stage.Lead;
            int entries = 0;
            bool onTheWay = false;
            for (int i = 0; i < facts.TransitionCount; i++)
            {
                Stage entered = facts.Transition(i).To;
                bool enters = entered == stage && before != stage;
                entries += enters ? 1 : 0;
                onTheWay = enters || (onTheWay && entered.Reaches(stage));
                before = entered;
            }

            return onTheWay && stage.IsForward() ? entries - 1 : entries;
        }
    }

    private sealed class AccountReader(AccountMeasure measure) : SnapshotReader
    {
        public override float Read(scoped in SnapshotFacts facts) => measure switch
        {
            AccountMeasure.KnownLeads => facts.Colleagues.KnownLeads,
            AccountMeasure.Touches30 => facts.Colleagues.Touches30,
            AccountMeasure.Touches90 => facts.Colleagues.Touches90,
            AccountMeasure.ReachedSql => facts.Colleagues.ReachedSql,
            AccountMeasure.Won => facts.Colleagues.Won,
            _ => facts.Colleagues.Lost,
        };
    }
}
