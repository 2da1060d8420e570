using System.Globalization;
using System.Text.RegularExpressions;
using LeadPredict.Storage.Errors;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>Where a PostgreSQL store is: the connection text, read and completed.</summary>
/// <remarks>
/// The tables have a schema of their own, <c>leadpredict</c> unless the text's <c>Search Path</c> names another, so that a database
/// may be shared with other programs, or hold several histories.
/// </remarks>
internal sealed partial class PostgresAddress
{
    private const string DefaultSchema = "leadpredict";
    private const int CommandSeconds = 600;

    private PostgresAddress(string schema, NpgsqlConnectionStringBuilder settings)
    {
        Schema = schema;
        Settings = settings;
        string name = string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}");
        Shown = schema == DefaultSchema ? name : $"{name} schema {schema}";
    }

    /// <summary>The schema that holds the tables: small letters, digits and underscores.</summary>
    public string Schema { get; }

    /// <summary>For Npgsql; the password is inside.</summary>
    public NpgsqlConnectionStringBuilder Settings { get; }

    /// <summary><c>host:port/database</c>, without user and password.</summary>
    public string Shown { get; }

    /// <summary>Reads the text; null when it has not the form of a PostgreSQL connection at all.</summary>
    /// <exception cref="StoreConnectionException">It has the form, but cannot be understood. No part of it is shown.</exception>
    public static PostgresAddress? Read(string text)
    {
        bool uri = PostgresUri.Fits(text);
        if (!uri && !KeyValue().IsMatch(text))
        {
            return null;
        }

        try
        {
            NpgsqlConnectionStringBuilder settings = uri ? PostgresUri.Read(text) : new(text);
            return Complete(text, settings);
        }
        catch (FormatException fault)
        {
            throw new StoreConnectionException(text, fault.Message);
        }
        catch (ArgumentException)
        {
            // Npgsql's message may quote a piece of a password that holds a ';'.
            throw new StoreConnectionException(
                text, "a keyword or value in it is not known to PostgreSQL connections (a value with ';' or '=' stands in double quotes)");
        }
    }

    private static PostgresAddress Complete(string text, NpgsqlConnectionStringBuilder settings)
    {
        if (string.IsNullOrEmpty(settings.Host))
        {
            throw new StoreConnectionException(text, "it names no host");
        }

        // In libpq's form all that follows is taken for the host, the password too, and hosts are shown.
        if (settings.Host.AsSpan().ContainsAny(" =\t\r\n"))
        {
            throw new StoreConnectionException(text, "its host holds a blank or '=': keywords are parted by ';', as in Host=...;Database=..., not by blanks");
        }

        string schema = string.IsNullOrWhiteSpace(settings.SearchPath) ? DefaultSchema : settings.SearchPath.Trim();
        if (!SchemaName().IsMatch(schema))
        {
            throw new StoreConnectionException(text, "its Search Path must be one schema of small letters, digits and underscores");
        }

        settings.SearchPath = schema;
        settings.ApplicationName ??= "leadpredict";
        if (!settings.ShouldSerialize("Command Timeout"))
        {
            // A batch may wait for another writer, a count may look at every row.
            settings.CommandTimeout = CommandSeconds;
        }

        if (!settings.ShouldSerialize("No Reset On Close"))
        {
            // Nothing that is set, locked or made here outlasts its transaction: there is nothing to clear before another uses the connection.
            settings.NoResetOnClose = true;
        }

        if (!settings.ShouldSerialize("GSS Encryption Mode"))
        {
            // It would be tried first, and where there is no Kerberos, as in most images, a line of the runtime's own would tell so at each start.
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        if (!settings.Host.Contains(',', StringComparison.Ordinal))
        {
            // Which of several hosts to choose; hosting services hand it out with one too, where Npgsql refuses it.
            settings.Remove("Target Session Attributes");
        }

        settings.IncludeErrorDetail = false;
        settings.PersistSecurityInfo = false;
        return new(schema, settings);
    }

    [GeneratedRegex(@"^\s*[A-Za-z][A-Za-z ]*=")]
    private static partial Regex KeyValue();

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex SchemaName();
}
