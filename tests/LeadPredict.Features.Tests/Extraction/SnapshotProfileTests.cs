using LeadPredict.Features.Profiles;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Extraction;

public class SnapshotProfileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(400)]
    public void Add_PartsInOrder_GivesTheSchemaOfAllSnapshots(int length)
    {
        Snapshot[] snapshots =
        [
            .. RandomHistories.Accounts(800, seed: 6).Select(account => Snapshot.Take(account, account.Leads[0], Day.At(300))),
            .. Enumerable.Range(0, 21_000).Select(Crowded), // more texts and property values than are counted
        ];
        SnapshotProfile whole = new(), joined = new();
        foreach (Snapshot[] chunk in snapshots.Chunk(length * 100))
        {
            SnapshotProfile part = joined.BeginPart();
            foreach (Snapshot snapshot in chunk)
            {
                whole.Observe(snapshot);
                part.Observe(snapshot);
            }

            joined.Add(part);
        }

        joined.Build().Schema.ToJson().ShouldBe(whole.Build().Schema.ToJson());
        joined.Build().LeftOut.ShouldBe(whole.Build().LeftOut);
    }

    [Fact]
    public void Schema_AddressesOfPersons_AreNeitherFeaturesNorCategories()
    {
        SnapshotProfile profile = new(new() { MinimumCount = 1, CategoryMinimumCount = 1 });
        foreach (int lead in Enumerable.Range(0, 20))
        {
            AccountHistory account = new LeadBuilder($"l{lead}").Has("assistant", lead % 2 == 0 ? "jane@navy.example" : "none")
                .Touched("email_reply", 2, null, ("from", "Jane <jane@navy.example>"), ("mood", lead % 2 == 0 ? "kind" : "cross")).BuildAlone();
            profile.Observe(Snapshot.Take(account, account.Leads[0], Day.At(10)));
        }

        string schema = profile.Build().Schema.ToJson();
        schema.ShouldNotContain("jane");
        schema.ShouldContain("email_reply[mood=kind]_30d");
        schema.ShouldContain("assistant");
    }

    private static Snapshot Crowded(int number)
    {
        AccountHistory account = new LeadBuilder($"n{number}").Has("note", $"note {number % 20_500}")
            .Touched("call", 1, null, ("topic", $"topic {number % 5_100}")).BuildAlone();
        return Snapshot.Take(account, account.Leads[0], Day.At(10));
    }
}
