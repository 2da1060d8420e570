namespace LeadPredict.Storage.People;

/// <summary>How a statement asks whether a value is in a list: PostgreSQL takes arrays, for SQLite Dapper writes the list out.</summary>
internal static class AnyOf
{
    public static string Text(bool postgres, string parameter) => postgres ? $"= ANY(@{parameter})" : $"IN @{parameter}";
}
