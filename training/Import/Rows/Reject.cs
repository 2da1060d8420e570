namespace LeadPredict.Training.Import.Rows;

/// <summary>Something in a file that could not be taken.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line on which the record begins, from 1.</param>
/// <param name="Column">The column's name; empty when the whole record is meant.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">Why it was not taken.</param>
internal sealed record Reject(string File, long Line, string Column, string Value, string Reason);
