namespace LeadPredict.Storage.Rows;

/// <summary>Which of the rows given to a table were new: how many, and row by row where that was asked.</summary>
internal readonly record struct AddedRows(int Count, bool[]? Each);
