namespace LeadPredict.Learning.Tables;

/// <summary>
/// What parts rows that were taken in other circumstances than those that scores are asked for most: a lead at its hand-over, and the same lead weeks later.
/// </summary>
/// <remarks>Immutable as long as the arrays given are left alone (they are not copied).</remarks>
/// <param name="Columns">The columns that tell the circumstances, such as the stage and the time in it; by place.</param>
/// <param name="Usual">One a row: whether it was taken in the usual circumstances.</param>
public sealed record Situation(int[] Columns, bool[] Usual)
{
    /// <summary>Whether there are rows of other circumstances than the usual, and columns that tell them.</summary>
    internal bool Differs => Columns.Length > 0 && Array.Exists(Usual, usual => !usual);

    /// <summary>That of the rows named, in the order named.</summary>
    internal Situation Select(ReadOnlySpan<int> rows) => this with { Usual = Usual.At(rows) };
}
