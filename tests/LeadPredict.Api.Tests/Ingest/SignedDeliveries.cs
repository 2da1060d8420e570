using System.Text.Json;

namespace LeadPredict.Api.Tests.Ingest;

/// <summary>Deliveries that are not what their sender signed.</summary>
public sealed class SignedDeliveries : IngestTests
{
    public static TheoryData<string> Sources => [.. Senders.Names];

    public static TheoryData<string> Signing => [.. Senders.Names.Where(name => name != "segment")];

    private static DateTimeOffset Now => ApiHost.Clock.GetUtcNow();

    protected override LeadPredictApiOptions Change(LeadPredictApiOptions options) => options with
    {
        RequireKeys = true,
        Ingest = new() { Secrets = Senders.Names.ToDictionary(name => name, _ => (IReadOnlyList<string>)["an-older-secret", Senders.Secret]) },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Delivery_AsSigned_IsTakenWithoutAKey(string source)
    {
        (int status, JsonElement answer) = await Api.SendAsync(Senders.Signed(source, Senders.Bytes(Senders.Payload(source)), Now));

        status.ShouldBe(200, answer.ToString());
        answer.GetProperty("added").GetInt32().ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Signing))]
    public async Task Delivery_WithOneBitChanged_IsRefused(string source)
    {
        byte[] body = Senders.Bytes(Senders.Payload(source));
        foreach (int bit in Enumerable.Range(0, 40).Select(i => i * (body.Length * 8 / 40)))
        {
            byte[] changed = [.. body];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            (int status, _) = await Api.SendAsync(Senders.Signed(source, changed, Now, signed: body));

            status.ShouldBe(401, $"bit {bit}");
        }

        (await Store.SummarizeAsync()).Leads.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Signing))]
    public async Task Delivery_WrittenAnew_IsRefused(string source)
    {
        byte[] body = Senders.Bytes(Senders.Payload(source));
        byte[] anew = JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize<JsonElement>(body));

        (await Api.SendAsync(Senders.Signed(source, anew, Now, signed: body))).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("hubspot", -301)]
    [InlineData("hubspot", 301)]
    [InlineData("hubspot-history", -301)]
    [InlineData("salesforce", -301)]
    [InlineData("marketo", 301)]
    [InlineData("cloudevents", -301)]
    public async Task Delivery_OldOrAhead_IsRefused(string source, int seconds)
    {
        HttpRequestMessage request = Senders.Signed(source, Senders.Bytes(Senders.Payload(source)), Now.AddSeconds(seconds));

        (int status, JsonElement answer) = await Api.SendAsync(request);

        status.ShouldBe(401);
        answer.GetProperty("detail").GetString()!.ShouldContain("five minutes");
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Delivery_WithAnotherSecretOrNone_IsRefused(string source)
    {
        byte[] body = Senders.Bytes(Senders.Payload(source));

        (await Api.SendAsync(Senders.Signed(source, body, Now, secret: "another-secret-altogether"))).Status.ShouldBe(401);
        (await Api.SendAsync(Senders.Plain("/v1/ingest/" + source, body))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Refusals_AreNotLoggedWithSecretsOrBodies()
    {
        await Api.SendAsync(Senders.Signed("segment", Senders.Bytes(Senders.Payload("segment")), Now, secret: "another-secret-altogether"));

        Api.Log.Lines.ShouldAllBe(line => !line.Contains(Senders.Secret) && !line.Contains("another-secret") && !line.Contains("grace@acme.example"));
    }

    [Fact]
    public async Task Source_WithoutASecret_NeedsAKey()
    {
        await using ApiHost api = await ApiHost.StartAsync(Store, model: false, change: options => options with { RequireKeys = true });

        (await api.SendAsync(Senders.Plain("/v1/ingest/hubspot", Senders.Bytes(Senders.Payload("hubspot"))))).Status.ShouldBe(401);
        (await api.SendAsync(Senders.Plain("/v1/touches", Senders.Bytes("[]")))).Status.ShouldBe(401);
    }
}
