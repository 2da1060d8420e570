using LeadPredict.Scoring.Comparison;

namespace LeadPredict.Training.Compare;

/// <summary>The comparison that is kept with a version.</summary>
/// <param name="Verdict">In a sentence.</param>
/// <param name="Sql">For P(SQL), or null where the funnel does not date it.</param>
/// <param name="Close">For P(close), or null where wins are not known.</param>
internal sealed record StoredComparison(string Verdict, ComparisonReport? Sql, ComparisonReport? Close)
{
    /// <summary>The questions that were judged, by the names that people read.</summary>
    public IEnumerable<(string Name, ComparisonReport Report)> Questions()
    {
        if (Sql is not null)
        {
            yield return ("become SQL", Sql);
        }

        if (Close is not null)
        {
            yield return ("close", Close);
        }
    }
}
