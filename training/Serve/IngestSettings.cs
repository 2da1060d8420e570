using LeadPredict.Api.Ingest;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Serve;

/// <summary>What the environment and the command line say of those who send history.</summary>
internal static class IngestSettings
{
    /// <summary>Before the name of a source in capitals: <c>LEADPREDICT_INGEST_SECRET_HUBSPOT</c>; several secrets stand apart by blanks.</summary>
    public const string SecretVariable = "LEADPREDICT_INGEST_SECRET_";

    /// <summary>The address that senders use, where the service stands behind a proxy.</summary>
    public const string PublicUrlVariable = "LEADPREDICT_PUBLIC_URL";

    private const int ShortestSecret = 8;
    private const int LongestMapping = 1 << 20;

    /// <param name="mapping">The company's own mapping file, or null.</param>
    public static IngestOptions Read(string? mapping)
    {
        RefuseUnknown();
        return new()
        {
            Secrets = IngestSources.Names.Select(source => (Source: source, Secrets: Secrets(source)))
                .Where(entry => entry.Secrets.Length > 0)
                .ToDictionary(entry => entry.Source, entry => (IReadOnlyList<string>)entry.Secrets),
            PublicUrl = PublicUrl(),
            Mapping = mapping is null ? null : Mapping(mapping),
        };
    }

    private static string[] Secrets(string source)
    {
        string variable = Variable(source);
        string[] secrets = SigningSecrets.Read(variable);
        return secrets.All(secret => secret.Length >= ShortestSecret)
            ? secrets
            : throw new RefusalException($"${variable} has a secret of fewer than {ShortestSecret} characters; expected {ShortestSecret} or more");
    }

    private static string Variable(string source) => SecretVariable + source.ToUpperInvariant().Replace('-', '_');

    /// <summary>A misspelt source would be one that proves nothing.</summary>
    private static void RefuseUnknown()
    {
        string[] known = [.. IngestSources.Names.Select(Variable)];
        foreach (string set in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith(SecretVariable, StringComparison.Ordinal)))
        {
            if (!known.Contains(set))
            {
                throw new RefusalException($"${set} is set, and there is no such source; expected one of {string.Join(", ", known)}");
            }
        }
    }

    private static string? PublicUrl() => EnvironmentText.Read(PublicUrlVariable) is not { } url ? null
        : Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? url
        : throw new RefusalException($"${PublicUrlVariable} is '{url}'; expected an address such as https://leads.example.com");

    private static string Mapping(string path)
    {
        var file = new FileInfo(path);
        return !file.Exists ? throw new FileNotFoundException($"there is no ingest mapping '{path}'", path)
            : file.Length > LongestMapping ? throw new RefusalException($"'{path}' has {file.Length:N0} bytes; an ingest mapping has at most {LongestMapping:N0}")
            : TextFile.Read(path);
    }
}
