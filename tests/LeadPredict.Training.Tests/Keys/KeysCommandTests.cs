using System.Text.Json;
using LeadPredict.Storage.Keys;
using LeadPredict.Storage.Operations;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Tests.Hosting;
using LeadPredict.Training.Tests.Import;

namespace LeadPredict.Training.Tests.Keys;

public class KeysCommandTests
{
    [Fact]
    public async Task Keys_MadeRotatedAndRevoked_AreSoInTheStore()
    {
        using var folder = new ImportFolder();
        string store = folder.Store;
        JsonElement made = await JsonAsync("keys", "create", "--name", "crm", "--scopes", "score,ingest", "--days", "30", "--store", store);
        string text = made.GetProperty("key").GetString()!;
        string id = made.GetProperty("id").GetString()!;
        JsonElement next = await JsonAsync("keys", "rotate", id, "--store", store);
        string successor = next.GetProperty("id").GetString()!;
        await JsonAsync("keys", "revoke", successor, "--store", store);

        JsonElement listed = await JsonAsync("keys", "list", "--store", store);
        listed.GetProperty("keys").EnumerateArray().Select(key => (key.GetProperty("id").GetString(), key.GetProperty("good").GetBoolean()))
            .ShouldBe([(id, true), (successor, false)]);
        listed.GetRawText().ShouldNotContain(text[^64..]);
        (await File.ReadAllBytesAsync(folder.StoreFile)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text[^64..])).ShouldBe(-1);

        await using OperationsStore operations = await OperationsStore.OpenAsync(store, create: false);
        AccessKey kept = (await operations.Keys.ListAsync()).Single(key => key.Id == id);
        AccessKeyText.IsOf(kept, text).ShouldBeTrue();
        kept.Scopes.ShouldBe(AccessScopes.Score | AccessScopes.Ingest);
        (await operations.Audit.ReadAsync(10)).Select(entry => entry.Action).ShouldBe(["keys.revoke", "keys.rotate", "keys.create"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("score,all", "all")]
    [InlineData(",", "at least one")]
    public async Task Keys_ForUnknownScopes_AreRefused(string scopes, string said)
    {
        using var folder = new ImportFolder();
        ConsoleRun run = await ConsoleRun.Of("keys", "create", "--name", "x", "--scopes", scopes, "--store", folder.Store);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(said);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_WhoseSecretCannotBePrinted_AreNotMade(bool json)
    {
        using var folder = new ImportFolder();
        string old = (await JsonAsync("keys", "create", "--name", "crm", "--scopes", "score", "--store", folder.Store)).GetProperty("id").GetString()!;
        string[] more = ["--store", folder.Store, .. json ? ["--json"] : Array.Empty<string>()];
        foreach (string[] command in new string[][] { ["keys", "create", "--name", "lost", "--scopes", "admin"], ["keys", "rotate", old] })
        {
            await using var full = new ClosedWriter(new IOException("No space left on device"));
            await using var error = new StringWriter();
            (await Program.RunAsync([.. command, .. more], new ConsoleHost(full, error, TimeProvider.System))).ShouldBe(1);
            error.ToString().ShouldContain("No space left on device");
        }

        JsonElement kept = (await JsonAsync("keys", "list", "--store", folder.Store)).GetProperty("keys").EnumerateArray().ShouldHaveSingleItem();
        (kept.GetProperty("id").GetString(), kept.GetProperty("expiresAt").ValueKind).ShouldBe((old, JsonValueKind.Null));
    }

    private static async Task<JsonElement> JsonAsync(params string[] args) => (await ConsoleRun.Of([.. args, "--json"])).Json;
}
