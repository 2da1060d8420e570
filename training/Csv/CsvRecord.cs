namespace LeadPredict.Training.Csv;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">The line of the file on which it begins, from 1 (a quoted cell may hold line breaks).</param>
/// <param name="Fields">Its cells as they stand in the file, one a column unless <paramref name="Problem"/> says otherwise.</param>
/// <param name="Problem">Why the record cannot be used, or null.</param>
internal sealed record CsvRecord(long Line, string[] Fields, string? Problem);
