using System.Collections.Immutable;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Models;

/// <summary>What one column adds to a linear score. Closed: <see cref="NumericTerm"/> and <see cref="CategoricalTerm"/> are all there are.</summary>
public abstract record LinearTerm
{
    private protected LinearTerm(double missing, double average)
    {
        Missing = ModelShapeException.Finite("Term.Missing", missing);
        Average = ModelShapeException.Finite("Term.Average", average);
    }

    /// <summary>What a missing value (NaN) adds, in log-odds.</summary>
    public double Missing { get; }

    /// <summary>What the column added on average over the training rows: explanations measure from here.</summary>
    public double Average { get; }

    /// <summary>The same term, measured from another average.</summary>
    internal abstract LinearTerm From(double average);

    /// <summary>No value adds more than this, up or down.</summary>
    internal abstract double Bound { get; }

    /// <summary>No value adds less than this.</summary>
    internal abstract double Least { get; }

    /// <summary>What a value adds, in log-odds.</summary>
    /// <param name="value">The column's value; NaN is missing.</param>
    public double Score(float value) => float.IsNaN(value) ? Missing : Evaluate(value);

    /// <summary>Refuses terms that do not fit the columns; null fits every column.</summary>
    internal static void CheckColumns<T>(string part, ImmutableArray<T> terms, IReadOnlyList<FeatureColumn> columns)
        where T : LinearTerm?
    {
        if (terms.Length != columns.Count)
        {
            throw ModelShapeException.Of($"{part} length", terms.Length, $"one term a column, {columns.Count}");
        }

        for (int i = 0; i < terms.Length; i++)
        {
            bool categorical = columns[i].Kind == ColumnKind.Categorical;
            if (terms[i] is { } term && categorical != term is CategoricalTerm)
            {
                throw new ModelShapeException(
                    $"{part}[{i}]", term.GetType().Name, $"a term that fits column '{columns[i].Name}', which is {columns[i].Kind}");
            }
        }
    }

    private protected abstract double Evaluate(float value);

    private protected static ImmutableArray<double> Finite(string part, ImmutableArray<double> values)
    {
        if (values.IsDefaultOrEmpty)
        {
            throw new ModelShapeException(part, "empty", "at least one number");
        }

        for (int i = 0; i < values.Length; i++)
        {
            ModelShapeException.Finite($"{part}[{i}]", values[i]);
        }

        return values;
    }

    private protected static double Largest(double missing, ImmutableArray<double> values)
    {
        double largest = Math.Abs(missing);
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
