namespace LeadPredict.Training.Csv;

/// <summary>What a column of a file is read for.</summary>
internal enum ColumnUse
{
    /// <summary>Not wanted; its cells are passed over.</summary>
    Skip,

    /// <summary>Its numbers, if it has nothing but numbers and missing cells; else its texts.</summary>
    NumbersOrTexts,

    /// <summary>Its texts.</summary>
    Texts,

    /// <summary>The label.</summary>
    Label,
}
