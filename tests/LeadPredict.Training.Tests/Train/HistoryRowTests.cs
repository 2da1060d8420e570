using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.Tests.Train;

public sealed class HistoryRowTests
{
    /// <summary>The examples by lead, target and instant, as a builder gives them; many at the same instants.</summary>
    private static readonly TrainingExample[] Examples =
    [
        .. from lead in Enumerable.Range(0, 300)
        from target in Enum.GetValues<Target>()
        from step in Enumerable.Range(0, 1 + (lead % 4))
        where (lead + (int)target + step) % 3 != 0
        select Example(lead, target, step),
    ];

    [Fact]
    public void Join_ExamplesOfOneSnapshot_BecomeOneRowInOrderOfTimeAndLead()
    {
        int[] groups = GroupNumbers.Of(Examples, [_ => true]);

        HistoryRow[] rows = HistoryRow.Join(Examples, _ => true, chained: true, groups);

        var obvious = Examples.Where(example => example.Label != Label.Censored).GroupBy(example => (example.LeadId, example.AsOf))
            .OrderBy(row => row.Key.AsOf).ThenBy(row => row.Key.LeadId, StringComparer.Ordinal).ToArray();
        rows.Select(row => (row.LeadId, row.AsOf)).ShouldBe(obvious.Select(row => row.Key));
        rows.Select(row => row.Group).ShouldBe(obvious.Select(row => groups[Array.IndexOf(Examples, row.First())]));
        rows.Select(row => row.Qualified?.Converted).ShouldBe(obvious.Select(row => Converted(row, Target.Qualify)));
        rows.Select(row => row.ClosedGivenSql?.Converted).ShouldBe(obvious.Select(row => Converted(row, Target.Close)));
        rows.Select(row => row.Closed?.Converted).ShouldBe(obvious.Select(row => Converted(row, Target.Chain)));
        rows.Select(row => row.IsEntry).ShouldBe(obvious.Select(row => row.Any(example => example.Target != Target.Close && example.IsEpisodeStart)));
    }

    [Fact]
    public void GroupNumbers_OfSeveralSides_AreGivenAsTheSidesComeToTheAccounts()
    {
        Predicate<int>[] sides = [i => i % 7 == 5, i => i % 11 == 3, i => i % 5 == 0];
        Dictionary<string, int> obvious = [];
        foreach (Predicate<int> side in sides)
        {
            for (int i = 0; i < Examples.Length; i++)
            {
                if (side(i) && Examples[i].Label != Label.Censored)
                {
                    obvious.TryAdd(Examples[i].GroupKey, obvious.Count);
                }
            }
        }

        GroupNumbers.Of(Examples, sides).ShouldBe(Examples.Select(example => obvious.GetValueOrDefault(example.GroupKey, -1)));
        GroupNumbers.Of([], sides).ShouldBeEmpty();
    }

    [Fact]
    public void Enough_MoreRowsThanThat_KeepsWholeAccountsOfAllTimes()
    {
        HistoryRow[] rows = HistoryRow.Join(Examples, _ => true, chained: true, GroupNumbers.Of(Examples, [_ => true]));

        IReadOnlyList<HistoryRow> kept = HistoryReader.Enough(rows, rows.Length / 3);

        kept.Count.ShouldBeInRange(rows.Length / 5, rows.Length / 2);
        HashSet<int> groups = [.. kept.Select(row => row.Group)];
        kept.ShouldBe(rows.Where(row => groups.Contains(row.Group)));
        HistoryReader.Enough(rows, rows.Length).ShouldBeSameAs(rows);
    }

    private static bool? Converted(IEnumerable<TrainingExample> row, Target target) => row.Where(example => example.Target == target)
        .Select(example => (bool?)(example.Label == Label.Converted)).FirstOrDefault();

    private static TrainingExample Example(int lead, Target target, int step)
    {
        DateTimeOffset asOf = Day.At((lead % 5) + (30 * step));
        return new()
        {
            Target = target,
            GroupKey = $"account-{lead / 3}",
            LeadId = $"lead-{lead * 7919 % 300:D3}",
            AsOf = asOf,
            MaturesAt = asOf.AddDays(90),
            Label = (Label)((lead + step) % 3),
            EpisodeStage = Stage.MarketingQualified,
            EpisodeOrdinal = 0,
            IsEpisodeStart = step == 0,
            Weight = 1,
        };
    }
}
