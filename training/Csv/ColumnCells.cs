namespace LeadPredict.Training.Csv;

/// <summary>Where the cells of a file go while blocks of it are read side by side: by column and row.</summary>
internal sealed class ColumnCells
{
    /// <param name="uses">What each column is read for.</param>
    /// <param name="rows">How many rows there are.</param>
    public ColumnCells(ColumnUse[] uses, int rows)
    {
        Uses = uses;
        Numbers = [.. uses.Select(use => use == ColumnUse.NumbersOrTexts ? GC.AllocateUninitializedArray<float>(rows) : null)];
        Codes = [.. uses.Select(use => use == ColumnUse.Texts ? GC.AllocateUninitializedArray<int>(rows) : null)];
        Labels = uses.Contains(ColumnUse.Label) ? new byte[rows] : [];
    }

    /// <summary>What each column is read for.</summary>
    public ColumnUse[] Uses { get; }

    /// <summary>NaN for missing; null for columns that are not of numbers.</summary>
    public float[]?[] Numbers { get; }

    /// <summary>By the block's <see cref="TextDictionary"/>; null for columns that are not of texts.</summary>
    public int[]?[] Codes { get; }

    /// <summary>0 or 1, one a row; empty without a column for them.</summary>
    public byte[] Labels { get; }
}
