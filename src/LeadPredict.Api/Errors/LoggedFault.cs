using System.Data.Common;
using LeadPredict.Storage.Errors;

namespace LeadPredict.Api.Errors;

/// <summary>What a log may say of an exception.</summary>
internal static class LoggedFault
{
    /// <summary>Whether its message tells of the store alone, which the operator should read and callers should not.</summary>
    public static bool IsOfTheStore(Exception fault) => fault is StoreServerException or StoreFileException;

    /// <summary>Its message where that tells of the store alone, else its type: messages may hold what leads said.</summary>
    public static string? Of(Exception fault) => IsOfTheStore(fault) ? fault.Message : Name(fault);

    /// <summary>Its type, and the database's code where that refused something: five characters of <c>SQLSTATE</c>.</summary>
    public static string? Name(Exception fault) => fault is DbException { SqlState: { } code } ? $"{fault.GetType().FullName} (SQLSTATE {code})" : fault.GetType().FullName;
}
