namespace LeadPredict.Storage.Errors;

/// <summary>Why a database server does not serve.</summary>
public enum StoreServerFault
{
    /// <summary>Nothing answers at that address, or it takes no connections now. Trying again later may help.</summary>
    Unreachable,

    /// <summary>
    /// The connection broke, or the server gave up, in the middle of the work. A batch may have been kept or not, but never in part:
    /// appending it again is safe, since identifiers are known.
    /// </summary>
    Interrupted,

    /// <summary>The user is not known, or the password is wrong or missing.</summary>
    SignInRefused,

    /// <summary>The server has no database of that name.</summary>
    DatabaseMissing,

    /// <summary>The server's version, the database's text encoding, or the way that a pooler lends out connections is not supported.</summary>
    NotSupported,

    /// <summary>The user may not do it: make tables, or read or write them.</summary>
    NotAllowed,
}

/// <summary>A database server does not serve. The message names the server and what to do, never a password.</summary>
public sealed class StoreServerException : StorageException
{
    internal StoreServerException(StoreServerFault fault, string store, string problem, Exception? cause = null)
        : base($"PostgreSQL at {store}: {problem}", cause)
    {
        Fault = fault;
        Store = store;
    }

    /// <summary>What kind of refusal it is.</summary>
    public StoreServerFault Fault { get; }

    /// <summary>The store, as <c>host:port/database</c>.</summary>
    public string Store { get; }

    /// <summary>Whether the same call may go well later without anything being changed.</summary>
    public bool MayPass => Fault is StoreServerFault.Unreachable or StoreServerFault.Interrupted;
}
