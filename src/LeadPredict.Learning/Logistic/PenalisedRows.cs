namespace LeadPredict.Learning.Logistic;

/// <summary>Rows of numbers, a column of the table having some of them next to each other, and what holds the coefficients of each column back.</summary>
/// <param name="rows">A last number, always 1, is for the intercept.</param>
/// <param name="penalties">By column; nothing holds back the intercept.</param>
internal abstract class PenalisedRows(SparseRows rows, ColumnPenalty[] penalties)
{
    public SparseRows Rows { get; } = rows;

    /// <summary>What holds back each column.</summary>
    public ColumnPenalty[] Penalties { get; } = penalties;

    /// <summary>The place of the intercept, the last.</summary>
    public int Intercept { get; } = penalties.Sum(penalty => penalty.Count);

    /// <summary>The number of coefficients, the intercept included.</summary>
    public int Size => Intercept + 1;

    /// <summary>The log-odds of a row.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="coefficients">Of all columns.</param>
    public double Score(int row, double[] coefficients)
    {
        ReadOnlySpan<int> places = Rows.Places(row);
        ReadOnlySpan<float> values = Rows.Values(row);
        double sum = 0;
        for (int i = 0; i < places.Length; i++)
        {
            sum += values[i] * coefficients[places[i]];
        }

        return sum;
    }
}
