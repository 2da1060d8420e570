namespace LeadPredict.Learning.Tables;

/// <summary>Values of chosen rows.</summary>
internal static class RowSelection
{
    /// <summary>The values of the rows named, in the order named; a row may be named twice.</summary>
    public static T[] At<T>(this T[] values, ReadOnlySpan<int> rows)
    {
        var selected = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            selected[i] = values[rows[i]];
        }

        return selected;
    }
}
