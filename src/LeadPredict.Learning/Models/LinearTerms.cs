using System.Collections.Immutable;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Models;

/// <summary>A linear (additive) score: the sum of one term a column.</summary>
/// <remarks>Immutable and safe to use from many threads; scoring allocates nothing.</remarks>
public sealed class LinearTerms
{
    /// <summary>Checks and keeps the terms.</summary>
    /// <param name="terms">One a column, in the order of the model's columns.</param>
    /// <exception cref="ModelShapeException">A term is missing.</exception>
    public LinearTerms(ImmutableArray<LinearTerm> terms)
    {
        if (terms.IsDefault)
        {
            throw new ModelShapeException("Linear.Terms", "missing", "one term a column");
        }

        for (int i = 0; i < terms.Length; i++)
        {
            if (terms[i] is null)
            {
                throw new ModelShapeException($"Linear.Terms[{i}]", "null", "a numeric or categorical term");
            }

            Mean += terms[i].Average;
            Bound += terms[i].Bound;
        }

        Terms = terms;
    }

    /// <summary>One a column.</summary>
    public ImmutableArray<LinearTerm> Terms { get; }

    /// <summary>The mean score over the training rows: what explanations start from.</summary>
    public double Mean { get; }

    /// <summary>No score is further from 0 than this.</summary>
    internal double Bound { get; }

    /// <summary>The sum of what the values add, in log-odds.</summary>
    /// <param name="row">One value a column; NaN is missing.</param>
    public double Score(ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int column = 0; column < Terms.Length; column++)
        {
            sum += Terms[column].Score(row[column]);
        }

        return sum;
    }

    /// <summary>Refuses terms that do not fit the columns.</summary>
    internal void CheckColumns(IReadOnlyList<FeatureColumn> columns)
    {
        if (Terms.Length != columns.Count)
        {
            throw ModelShapeException.Of("Linear.Terms length", Terms.Length, $"one term a column, {columns.Count}");
        }

        for (int i = 0; i < Terms.Length; i++)
        {
            bool categorical = columns[i].Kind == ColumnKind.Categorical;
            if (categorical != Terms[i] is CategoricalTerm)
            {
                throw new ModelShapeException(
                    $"Linear.Terms[{i}]", Terms[i].GetType().Name, $"a term that fits column '{columns[i].Name}', which is {columns[i].Kind}");
            }
        }
    }
}
