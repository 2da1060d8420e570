namespace LeadPredict.Storage.People;

/// <summary>How a statement asks whether a value is in a list: PostgreSQL takes arrays, for SQLite Dapper writes the list out.</summary>
internal static class AnyOf
{
    /// <summary>So many values a statement asks for at once; SQLite takes some thousands.</summary>
    public const int Most = 500;

    public static string Text(bool postgres, string parameter) => postgres ? $"= ANY(@{parameter})" : $"IN @{parameter}";
}
