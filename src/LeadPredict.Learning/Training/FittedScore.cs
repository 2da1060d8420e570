using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Training;

/// <summary>A fitted score in the parts that serve: <c>intercept + trees(x) + linear(x)</c>, in log-odds.</summary>
/// <param name="Trees">The trees, or null.</param>
/// <param name="Linear">The linear terms, or null.</param>
/// <param name="Intercept">In log-odds.</param>
public sealed record FittedScore(TreeEnsemble? Trees, LinearTerms? Linear, double Intercept)
{
    /// <summary>The score of one row.</summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    public double RawScore(ReadOnlySpan<float> row) => Intercept + (Trees?.Score(row) ?? 0) + (Linear?.Score(row) ?? 0);

    /// <summary>Writes the scores of the rows named into their places.</summary>
    internal void ScoreInto(FeatureTable table, int[] rows, double[] scores)
    {
        var row = new float[table.Columns.Count];
        foreach (int index in rows)
        {
            table.CopyRow(index, row);
            scores[index] = RawScore(row);
        }
    }
}
