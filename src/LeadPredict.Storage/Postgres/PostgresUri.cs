using System.Globalization;
using Npgsql;

namespace LeadPredict.Storage.Postgres;

/// <summary>Reads <c>postgresql://user:password@host:port/database?sslmode=require</c>, the form that most hosting services hand out.</summary>
internal static class PostgresUri
{
    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    // The names of the query part that libpq knows, and what they are called here.
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["user"] = "Username",
        ["password"] = "Password",
        ["dbname"] = "Database",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
        ["channel_binding"] = "Channel Binding",
        ["target_session_attrs"] = "Target Session Attributes",
        ["search_path"] = "Search Path",
    };

    public static bool Fits(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="FormatException">A part cannot be read; the message names it without showing it.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        string rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        (string address, string? query) = Split(rest, rest.IndexOf('?', StringComparison.Ordinal));
        (string authority, string? database) = Split(address, address.IndexOf('/', StringComparison.Ordinal));
        int at = authority.LastIndexOf('@');
        var builder = new NpgsqlConnectionStringBuilder();
        if (at >= 0)
        {
            (string user, string? password) = Split(authority[..at], authority[..at].IndexOf(':', StringComparison.Ordinal));
            builder.Username = Decode(user, "user");
            builder.Password = password is null ? null : Decode(password, "password");
        }

        ReadHost(builder, authority[(at + 1)..]);
        if (!string.IsNullOrEmpty(database))
        {
            builder.Database = Decode(database, "database");
        }

        foreach (string pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(builder, pair);
        }

        return builder;
    }

    private static void ReadHost(NpgsqlConnectionStringBuilder builder, string host)
    {
        int colon = host.LastIndexOf(':');
        if (colon > host.LastIndexOf(']'))
        {
            builder.Port = int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
                && port is > 0 and <= ushort.MaxValue
                    ? port
                    : throw new FormatException("the port is no number from 1 to 65535");
            host = host[..colon];
        }

        if (host.Length > 0)
        {
            builder.Host = Decode(host.Trim('[', ']'), "host");
        }
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string pair)
    {
        (string name, string? value) = Split(pair, pair.IndexOf('=', StringComparison.Ordinal));
        if (value is null || !Parameters.TryGetValue(name, out string? keyword))
        {
            throw new FormatException($"the parameters known after '?' are {string.Join(", ", Parameters.Keys)}");
        }

        string decoded = Decode(value, name);
        try
        {
            builder[keyword] = keyword == "SSL Mode" ? decoded.Replace("-", "", StringComparison.Ordinal) : decoded;
        }
        catch (ArgumentException)
        {
            throw new FormatException($"the parameter {name} has a value that is not known");
        }
    }

    private static string Decode(string text, string part)
    {
        string decoded = Uri.UnescapeDataString(text);
        return decoded.Contains('\0', StringComparison.Ordinal) ? throw new FormatException($"the {part} has a NUL character") : decoded;
    }

    private static (string First, string? Second) Split(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
}
