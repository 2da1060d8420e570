using LeadPredict.Storage.Keys;
using LeadPredict.Training.Hosting;
using Spectre.Console;

namespace LeadPredict.Training.Keys;

/// <summary>Keys as people and programs read them. A secret is shown once, when it is made.</summary>
internal static class KeysView
{
    /// <summary>Shows the secret. It comes before the key is kept: no key shall be good whose secret nobody has seen.</summary>
    public static void Show(ConsoleHost host, AccessKey key, string text, bool json)
    {
        if (json)
        {
            host.WriteJson(new { id = key.Id, name = key.Name, scopes = Scopes(key), expiresAt = key.ExpiresAt, key = text });
        }
        else
        {
            host.Out.WriteLine(text);
        }
    }

    /// <summary>Says that the key is kept.</summary>
    public static void Made(ConsoleHost host, AccessKey key, bool json)
    {
        if (!json)
        {
            host.Error.WriteLine($"Key {key.Id} of {key.Name} for {string.Join(", ", Scopes(key))}, {Ends(key)}. It is not shown again; send it as 'Authorization: Bearer ...'.");
        }
    }

    public static void Revoked(ConsoleHost host, AccessKey key, bool json)
    {
        if (json)
        {
            host.WriteJson(new { id = key.Id, revoked = true });
        }
        else
        {
            host.Out.WriteLine($"revoked key {key.Id} of {key.Name}");
        }
    }

    public static void List(ConsoleHost host, IReadOnlyList<AccessKey> keys, bool json)
    {
        if (json)
        {
            host.WriteJson(new
            {
                keys = keys.Select(key => new
                {
                    id = key.Id,
                    name = key.Name,
                    scopes = Scopes(key),
                    createdAt = key.CreatedAt,
                    expiresAt = key.ExpiresAt,
                    revokedAt = key.RevokedAt,
                    good = key.IsGoodAt(host.Time.GetUtcNow()),
                }),
            });
            return;
        }

        var table = new Table().AddColumns("id", "name", "scopes", "made", "state");
        foreach (AccessKey key in keys)
        {
            string state = key.RevokedAt is { } at ? $"revoked {at:yyyy-MM-dd}" : key.IsGoodAt(host.Time.GetUtcNow()) ? Ends(key) : "expired";
            table.AddRow(key.Id, Markup.Escape(key.Name), string.Join(", ", Scopes(key)), $"{key.CreatedAt:yyyy-MM-dd}", state);
        }

        host.Render(table);
    }

    private static string Ends(AccessKey key) => key.ExpiresAt is { } at ? $"good until {at:yyyy-MM-dd}" : "good until revoked";

    private static string[] Scopes(AccessKey key) => key.Scopes.HasFlag(AccessScopes.Admin)
        ? ["admin"]
        : [.. new[] { AccessScopes.Score, AccessScopes.Ingest, AccessScopes.Read }.Where(scope => key.Scopes.HasFlag(scope)).Select(scope => scope.ToString().ToLowerInvariant())];
}
