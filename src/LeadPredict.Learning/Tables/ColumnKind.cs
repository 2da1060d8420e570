namespace LeadPredict.Learning.Tables;

/// <summary>How the numbers of a column are to be read.</summary>
public enum ColumnKind
{
    /// <summary>Ordered finite numbers; NaN is a missing value.</summary>
    Numeric,

    /// <summary>Codes 0 to cardinality - 1 without order, held as floats; code 0 is "other" (rare or unseen); NaN is a missing value.</summary>
    Categorical,
}
