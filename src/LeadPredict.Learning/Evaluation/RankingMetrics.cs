namespace LeadPredict.Learning.Evaluation;

/// <summary>Figures of a ranking without an interval, for places that need one number fast.</summary>
/// <remarks>Stateless and safe to use from many threads.</remarks>
public static class RankingMetrics
{
    /// <summary>Chance that a random positive scores above a random negative, ties counting half.</summary>
    /// <param name="scores">One for each row, any scale, no NaN; higher means likelier.</param>
    /// <param name="labels">0 or 1, one for each row.</param>
    /// <returns>From 0 to 1; NaN when a class is missing.</returns>
    public static double Auc(ReadOnlySpan<double> scores, ReadOnlySpan<byte> labels) => Figures(scores, labels).Auc;

    /// <summary>Average precision: precision at each positive's rank, averaged, tied rows taken together.</summary>
    /// <param name="scores">One for each row, any scale, no NaN; higher means likelier.</param>
    /// <param name="labels">0 or 1, one for each row.</param>
    /// <returns>From 0 to 1; NaN without a positive.</returns>
    public static double AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<byte> labels) => Figures(scores, labels).PrAuc;

    private static RankFigures Figures(ReadOnlySpan<double> scores, ReadOnlySpan<byte> labels)
    {
        EvaluationRows.CheckLabels(labels);
        EvaluationRows.CheckScores(scores, labels.Length, nameof(scores));
        int[] once = new int[labels.Length];
        Array.Fill(once, 1);
        Ranking ranking = new(scores);
        return ranking.Figures(ranking.Ranked(labels), once);
    }
}
