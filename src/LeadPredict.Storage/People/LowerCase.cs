using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace LeadPredict.Storage.People;

/// <summary>How a statement about a person puts text in lower case: an address is the same in capitals. SQLite's own way knows only ASCII; it is left as it is for all else, being faster.</summary>
internal static class LowerCase
{
    private const string OfSqlite = "lower_of_all";

    /// <summary>The function's name on a connection, which has it from then on.</summary>
    public static string FunctionOn(DbConnection connection)
    {
        if (connection is not SqliteConnection sqlite)
        {
            return "lower";
        }

        sqlite.CreateFunction(OfSqlite, (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
        return OfSqlite;
    }
}
