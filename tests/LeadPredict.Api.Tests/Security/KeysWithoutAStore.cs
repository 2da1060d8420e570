using LeadPredict.Storage.Keys;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Security;

/// <summary>While the store is away nobody can tell of a key that was not read before whether it is good.</summary>
public sealed class KeysWithoutAStore : StoredLeads
{
    private readonly FakeTimeProvider _clock = new(ApiHost.Clock.GetUtcNow());
    private ApiHost _api = null!;

    private protected override async Task BeginAsync() =>
        _api = await ApiHost.StartAsync(change: options => options with { Operations = Operations, RequireKeys = true, Time = _clock });

    private protected override async Task EndAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Key_ThatWasNotReadYet_IsAskedToComeAgain()
    {
        string key = await KeyAsync();
        MoveStore(away: true);
        (await AskAsync(key)).ShouldBe(503);
        (await AskAsync("nonsense")).ShouldBe(401, "no store can have it");

        MoveStore(away: false);
        _clock.Advance(TimeSpan.FromMilliseconds(499));
        (await AskAsync(key)).ShouldBe(503, "it is not tried more often than that");
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        (await AskAsync(key)).ShouldBe(200);
    }

    [Fact]
    public async Task Key_ThatWasRead_GoesOnCounting()
    {
        string key = await KeyAsync();
        (await AskAsync(key)).ShouldBe(200);
        string later = await KeyAsync();
        MoveStore(away: true);
        _clock.Advance(TimeSpan.FromMinutes(1));

        (await AskAsync(key)).ShouldBe(200);
        (await AskAsync(key[..^1] + (key[^1] == '0' ? '1' : '0'))).ShouldBe(401);
        (await AskAsync(later)).ShouldBe(503);
        MoveStore(away: false);
    }

    private async Task<string> KeyAsync()
    {
        (AccessKey key, string text) = AccessKeyText.Create("test", AccessScopes.Read, _clock.GetUtcNow(), null);
        await Operations.Keys.AddAsync(key);
        return text;
    }

    private void MoveStore(bool away) => File.Move(Operations.File! + (away ? "" : ".away"), Operations.File! + (away ? ".away" : ""));

    private async Task<int> AskAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Authorization = new("Bearer", key);
        using HttpResponseMessage response = await _api.Client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
