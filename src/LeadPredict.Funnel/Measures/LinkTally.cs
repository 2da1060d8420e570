using System.Globalization;
using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Measures;

/// <summary>Gathers the episodes of one link and measures them by group.</summary>
internal sealed class LinkTally(FunnelLink link, FunnelQuestion question)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<Fact> _facts = [];

    /// <param name="openedAt">When an episode of the link began, before the end of the data.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="endedAt">When, or null while it is open.</param>
    /// <param name="source">The lead's source.</param>
    /// <param name="segments">The values of the attributes.</param>
    /// <param name="band">The score band, or null.</param>
    public void Add(DateTimeOffset openedAt, EpisodeEnd end, DateTimeOffset? endedAt, string source, string[] segments, string? band)
    {
        double watched = (question.ObservedUntil - openedAt).TotalDays;
        bool converted = end == EpisodeEnd.Converted;
        double days = end == EpisodeEnd.Open ? watched : (endedAt!.Value - openedAt).TotalDays;
        _facts.Add(new(
            (openedAt.Year * 12) + openedAt.Month - 1,
            new(days, converted, end == EpisodeEnd.Left),
            watched,
            end == EpisodeEnd.Open,
            One(source),
            [.. segments.Select(One)],
            band is null ? null : One(band)));
    }

    public LinkMeasure Measure()
    {
        var all = new ConversionCurve(_facts.Select(fact => fact.Time));
        GroupConversion Group(string name, List<Fact> facts, ConversionCurve? curve = null) => Conversion(name, facts, curve ?? new(facts.Select(fact => fact.Time)), all);
        GroupConversion[] bands = [.. _facts.Where(fact => fact.Band is not null).GroupBy(fact => fact.Band!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Group(group.Key, [.. group]))];
        return new(
            link.From,
            link.To,
            link.Horizon.TotalDays,
            Group("all", _facts, all),
            [.. _facts.GroupBy(fact => fact.Month).OrderBy(group => group.Key).Select(group => Group(Month(group.Key), [.. group]))],
            Largest(_facts, fact => fact.Source, Group),
            [.. question.Segments.Select((name, i) => new SegmentConversion(name, Largest(_facts, fact => fact.Segments[i], Group)))],
            bands)
        {
            WithoutBand = bands.Length == 0 ? 0 : _facts.Count - bands.Sum(band => band.Episodes),
        };
    }

    private GroupConversion[] Largest(List<Fact> facts, Func<Fact, string> by, Func<string, List<Fact>, ConversionCurve?, GroupConversion> measure)
    {
        IEnumerable<(string Name, List<Fact> Facts)> groups = facts.GroupBy(by, StringComparer.Ordinal)
            .Select(group => (group.Key, Facts: group.ToList()))
            .OrderByDescending(group => group.Facts.Count).ThenBy(group => group.Key, StringComparer.Ordinal);
        (IReadOnlyList<(string Name, List<Fact> Facts)> told, IReadOnlyList<(string Name, List<Fact> Facts)> others) =
            ToldGroups.Part(groups, group => group.Name, group => group.Facts.Count, question.FewestInGroup);
        GroupConversion[] shown = [.. told.Select(group => measure(group.Name, group.Facts, null))];
        List<Fact> rest = [.. others.SelectMany(group => group.Facts)];
        return rest.Count == 0 ? shown : [.. shown, measure(ToldGroups.AllOthers, rest, null)];
    }

    private GroupConversion Conversion(string name, List<Fact> facts, ConversionCurve curve, ConversionCurve all)
    {
        double horizon = link.Horizon.TotalDays;
        int mature = 0;
        int matureConverted = 0;
        int converted = 0;
        int open = 0;
        foreach (Fact fact in facts)
        {
            bool inTime = fact.Time.Converted && fact.Time.Days < horizon;
            bool over = fact.Watched >= horizon;
            converted += inTime ? 1 : 0;
            open += fact.IsOpen && !over ? 1 : 0;
            mature += over ? 1 : 0;
            matureConverted += over && inTime ? 1 : 0;
        }

        // The horizon is half-open: what converts exactly at its end is too late.
        double end = Math.BitDecrement(horizon);
        ShareEstimate? estimate = curve.At(end, all);
        return new(
            name,
            facts.Count,
            converted,
            open,
            mature,
            matureConverted,
            mature == 0 ? null : (double)matureConverted / mature,
            mature == facts.Count,
            estimate,
            estimate is { Value: > 0 } share ? curve.DaysTo(share.Value / 2) : null);
    }

    private static string Month(int month) => string.Create(CultureInfo.InvariantCulture, $"{month / 12:0000}-{(month % 12) + 1:00}");

    /// <summary>A million episodes share a few dozen names: one copy of each.</summary>
    private string One(string name)
    {
        if (!_names.TryGetValue(name, out string? known))
        {
            _names.Add(name, known = name);
        }

        return known;
    }

    private sealed record Fact(int Month, TimeToConvert Time, double Watched, bool IsOpen, string Source, string[] Segments, string? Band);
}
