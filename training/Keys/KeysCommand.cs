using System.CommandLine;
using LeadPredict.Storage.Keys;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Keys;

/// <summary><c>leadpredict keys</c>: the keys that let callers of the service in.</summary>
internal static class KeysCommand
{
    private const int MostDays = 3650;

    public static Command Create(ConsoleHost host) => new("keys", "Make, list, revoke and rotate the keys of the service's callers.")
    {
        Make(host), List(host), Revoke(host), Rotate(host),
    };

    private static Command Make(ConsoleHost host)
    {
        var name = new Option<string>("--name") { Description = "Who gets the key.", Required = true };
        var scopes = new Option<string>("--scopes") { Description = "What it is good for, separated by commas: score, ingest, read, admin.", Required = true };
        var days = new Option<int?>("--days") { Description = "After how many days it expires. Default: never." };
        var store = SharedOptions.Store();
        var json = CommandRunner.JsonOption();
        var command = new Command("create", "Make a key. It is shown once, and kept as a salted hash.") { name, scopes, days, store, json };
        command.Run(host, (parsed, cancellation) => KeysRun.WithAsync(parsed.GetValue(store)!, create: true, host, async keys =>
        {
            DateTimeOffset now = host.Time.GetUtcNow();
            DateTimeOffset? expires = parsed.GetValue(days) is { } count ? now.AddDays(Days(count, "--days", least: 1)) : null;
            (AccessKey key, string text) = AccessKeyText.Create(Name(parsed.GetValue(name)!), Scopes(parsed.GetValue(scopes)!), now, expires);
            KeysView.Show(host, key, text, parsed.GetValue(json));
            await keys.AddAsync(key, cancellation);
            KeysView.Made(host, key, parsed.GetValue(json));
            return ("keys.create", key.Id);
        }, cancellation));
        return command;
    }

    private static Command List(ConsoleHost host)
    {
        var store = SharedOptions.Store();
        var json = CommandRunner.JsonOption();
        var command = new Command("list", "List the keys, without their secrets.") { store, json };
        command.Run(host, (parsed, cancellation) => KeysRun.WithAsync(parsed.GetValue(store)!, create: false, host, async keys =>
        {
            KeysView.List(host, await keys.ListAsync(cancellation), parsed.GetValue(json));
            return null;
        }, cancellation));
        return command;
    }

    private static Command Revoke(ConsoleHost host)
    {
        Argument<string> id = Id();
        var store = SharedOptions.Store();
        var json = CommandRunner.JsonOption();
        var command = new Command("revoke", "Revoke a key: running services refuse it within seconds.") { id, store, json };
        command.Run(host, (parsed, cancellation) => KeysRun.WithAsync(parsed.GetValue(store)!, create: false, host, async keys =>
        {
            AccessKey key = await FindAsync(keys, parsed.GetValue(id)!, cancellation);
            await keys.RevokeAsync(key.Id, host.Time.GetUtcNow(), cancellation);
            KeysView.Revoked(host, key, parsed.GetValue(json));
            return ("keys.revoke", key.Id);
        }, cancellation));
        return command;
    }

    private static Command Rotate(ConsoleHost host)
    {
        Argument<string> id = Id();
        var overlap = new Option<int>("--overlap-days") { Description = "For how many days the old key goes on.", DefaultValueFactory = _ => 7 };
        var store = SharedOptions.Store();
        var json = CommandRunner.JsonOption();
        var command = new Command("rotate", "Make a key's successor, with its name and scopes; the old one goes on for a while.") { id, overlap, store, json };
        command.Run(host, (parsed, cancellation) => KeysRun.WithAsync(parsed.GetValue(store)!, create: false, host, async keys =>
        {
            AccessKey old = await FindAsync(keys, parsed.GetValue(id)!, cancellation);
            DateTimeOffset now = host.Time.GetUtcNow();
            DateTimeOffset? expires = old.ExpiresAt is { } end ? now + (end - old.CreatedAt) : null;
            (AccessKey key, string text) = AccessKeyText.Create(old.Name, old.Scopes, now, expires);
            DateTimeOffset oldEnds = now.AddDays(Days(parsed.GetValue(overlap), "--overlap-days", least: 0));
            KeysView.Show(host, key, text, parsed.GetValue(json));
            if (!await keys.ReplaceAsync(old.Id, key, oldEnds, cancellation))
            {
                throw new RefusalException($"key {old.Id} was revoked meanwhile; make a new one with 'keys create'");
            }

            KeysView.Made(host, key, parsed.GetValue(json));
            return ("keys.rotate", $"{old.Id} to {key.Id}");
        }, cancellation));
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "The key's identifier, as 'keys list' shows it." };

    private static async Task<AccessKey> FindAsync(IAccessKeys keys, string id, CancellationToken cancellation) =>
        (await keys.ListAsync(cancellation)).FirstOrDefault(key => key.Id == id && key.RevokedAt is null)
        ?? throw new RefusalException($"there is no key '{id}' that is not revoked; 'leadpredict keys list' shows what there is");

    private static string Name(string name) => name.Length is >= 1 and <= 100 && !name.Any(char.IsControl)
        ? name
        : throw new RefusalException("--name: expected 1 to 100 characters, none of them control characters");

    private static int Days(int days, string option, int least) => days >= least && days <= MostDays
        ? days
        : throw new RefusalException($"{option} {days}: expected {least} to {MostDays}");

    private static AccessScopes Scopes(string text) => SharedOptions.Names([text]).Aggregate(AccessScopes.None, (all, word) => all | (word switch
    {
        "score" => AccessScopes.Score,
        "ingest" => AccessScopes.Ingest,
        "read" => AccessScopes.Read,
        "admin" => AccessScopes.Admin,
        _ => throw new RefusalException($"--scopes: '{word}' is none; expected score, ingest, read or admin, separated by commas"),
    })) is var scopes and not AccessScopes.None ? scopes : throw new RefusalException("--scopes: expected at least one of score, ingest, read, admin");
}
