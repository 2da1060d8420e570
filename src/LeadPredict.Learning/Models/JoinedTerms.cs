namespace LeadPredict.Learning.Models;

/// <summary>The linear terms of several fits of one design as one: their weighted sum.</summary>
internal static class JoinedTerms
{
    /// <summary>Terms whose score is the weighted sum of the scores of the parts.</summary>
    /// <param name="parts">At least one; the same columns, knots and categories in each.</param>
    public static LinearTerms Of(IReadOnlyList<(LinearTerms Terms, double Weight)> parts) =>
        new([.. Enumerable.Range(0, parts[0].Terms.Terms.Length).Select(column => Sum([.. parts.Select(part => (part.Terms.Terms[column], part.Weight))]))]);

    private static LinearTerm Sum((LinearTerm Term, double Weight)[] parts)
    {
        double Of<T>(Func<T, double> value)
            where T : LinearTerm => parts.Sum(part => part.Weight * value((T)part.Term));
        double missing = Of<LinearTerm>(term => term.Missing);
        double average = Of<LinearTerm>(term => term.Average);
        return parts[0].Term is NumericTerm numeric
            ? new NumericTerm(numeric.Knots, [.. numeric.Values.Select((_, i) => Of<NumericTerm>(term => term.Values[i]))], missing, average)
            : new CategoricalTerm([.. ((CategoricalTerm)parts[0].Term).Coefficients.Select((_, i) => Of<CategoricalTerm>(term => term.Coefficients[i]))], missing, average);
    }
}
