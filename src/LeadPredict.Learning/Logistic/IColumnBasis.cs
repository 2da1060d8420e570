using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Logistic;

/// <summary>The numbers that one column becomes in the logistic model, learnt without labels.</summary>
internal interface IColumnBasis
{
    /// <summary>How many coefficients the column has.</summary>
    int Count { get; }

    /// <summary>What holds the column's coefficients back.</summary>
    ColumnPenalty Penalty { get; }

    /// <summary>Appends what a value becomes to the row being built, in increasing place.</summary>
    void Append(float value, SparseRows rows);

    /// <summary>How many of the coefficients, from the first on, are heights in the order of the values; 0 for a column without order.</summary>
    int Rises { get; }

    /// <summary>The served term that gives exactly what the coefficients give, measured from 0.</summary>
    /// <param name="coefficients">Of all columns.</param>
    LinearTerm Term(ReadOnlySpan<double> coefficients);

    /// <summary>How far off the score of a value may be because the rows said little of it, a variance in log-odds squared; null for a column without coefficients.</summary>
    /// <param name="novelty">What the column was held back by, and what its coefficients learnt from.</param>
    LinearTerm? Variances(ColumnNovelty novelty);
}
