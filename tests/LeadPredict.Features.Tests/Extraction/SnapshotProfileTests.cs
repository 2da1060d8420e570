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

    [Theory]
    [InlineData("jane@navy.example")]
    [InlineData("Jane Miller <jane@navy.example>")]
    [InlineData("https://acme.example/thanks?email=jane%40navy.example&step=2")]
    public void Schema_AddressesOfPersons_AreNeitherFeaturesNorCategories(string assistant)
    {
        SnapshotProfile profile = new(new() { MinimumCount = 1, CategoryMinimumCount = 1 });
        foreach (int lead in Enumerable.Range(0, 20))
        {
            AccountHistory account = new LeadBuilder($"l{lead}").Has("assistant", lead % 2 == 0 ? assistant : "none")
                .Touched("email_reply", 2, null, ("from", "Jane <jane@navy.example>"), ("mood", lead % 2 == 0 ? "kind" : "cross")).BuildAlone();
            profile.Observe(Snapshot.Take(account, account.Leads[0], Day.At(10)));
        }

        string schema = profile.Build().Schema.ToJson();
        schema.ShouldNotContain("jane");
        schema.ShouldContain("email_reply[mood=kind]_30d");
        schema.ShouldContain("assistant");
    }

    /// <summary>A lead has several snapshots, and an account several leads; what repeats within one tells nothing.</summary>
    [Theory]
    [InlineData("Contact ID", 1, "left out")]
    [InlineData("Contact ID", 10, "kept")]
    [InlineData("customerNumber", 2, "left out")]
    [InlineData("customerNumber", 3, "kept")]
    [InlineData("revenue", 1, "kept")]
    public void Schema_WholeNumbersOfHardlyTwoAccounts_AreLeftOutIfTheyAreNamedForIdentifiers(string name, int leadsOfOne, string what)
    {
        SnapshotProfile whole = new(), joined = new();
        foreach (AccountHistory[] some in Enumerable.Range(0, 200)
            .Select(i => new LeadBuilder($"l{i}", account: $"a{i / 2}").Has(name, 100_000 + (7 * (i / leadsOfOne)), 1).BuildAlone()).Chunk(50))
        {
            SnapshotProfile part = joined.BeginPart();
            foreach (Snapshot snapshot in some.SelectMany(account => new[] { 5, 10, 15 }.Select(day => Snapshot.Take(account, account.Leads[0], Day.At(day)))))
            {
                whole.Observe(snapshot);
                part.Observe(snapshot);
            }

            joined.Add(part);
        }

        foreach (SchemaDraft draft in new[] { whole.Build(), joined.Build() })
        {
            draft.Schema.Features.Any(feature => feature.Group == name).ShouldBe(what == "kept");
            draft.LeftOut.Where(note => note.Name == name).Select(note => note.Reason)
                .ShouldBe(what == "kept" ? [] : ["an identifier: whole numbers, another one in almost every account"]);
        }
    }

    /// <summary>A store may have such names: earlier versions took them.</summary>
    [Theory]
    [InlineData(" ")]
    [InlineData("\t\u00a0")]
    public void Schema_AttributesWithoutAName_AreNoFeatures(string name)
    {
        SnapshotProfile profile = new(new() { MinimumCount = 1, CategoryMinimumCount = 1 });
        foreach (int lead in Enumerable.Range(0, 20))
        {
            AccountHistory account = new LeadBuilder($"l{lead}").Has(name, lead % 2 == 0 ? "a" : "b").Has("offer", lead % 2 == 0 ? "a" : "b").BuildAlone();
            profile.Observe(Snapshot.Take(account, account.Leads[0], Day.At(10)));
        }

        SchemaDraft draft = profile.Build();

        draft.Schema.Features.Select(feature => feature.Group).ShouldNotContain(name);
        draft.Schema.Features.Select(feature => feature.Name).ShouldContain("offer");
        SnapshotProfile.MayLearn(name, draft.Schema).ShouldBeFalse();
    }

    [Theory]
    [InlineData("5 @ 20 percent")]
    [InlineData("@acme")]
    [InlineData("/prices?off=40%40")]
    public void Schema_TextsWithAnAtThatIsNoAddress_AreCategories(string text)
    {
        SnapshotProfile profile = new(new() { MinimumCount = 1, CategoryMinimumCount = 1 });
        foreach (int lead in Enumerable.Range(0, 20))
        {
            AccountHistory account = new LeadBuilder($"l{lead}").Has("offer", lead % 2 == 0 ? text : "none").BuildAlone();
            profile.Observe(Snapshot.Take(account, account.Leads[0], Day.At(10)));
        }

        profile.Build().Schema.ToJson().ShouldContain(text);
    }

    private static Snapshot Crowded(int number)
    {
        AccountHistory account = new LeadBuilder($"n{number}").Has("note", $"note {number % 20_500}")
            .Touched("call", 1, null, ("topic", $"topic {number % 5_100}")).BuildAlone();
        return Snapshot.Take(account, account.Leads[0], Day.At(10));
    }

    /// <summary>Accounts are numbered by part: one of a part is none of another's, whatever their numbers.</summary>
    [Fact]
    public void Add_PartsOfOneAccountEach_CountsThemAll()
    {
        SnapshotProfile joined = new();
        foreach (int i in Enumerable.Range(0, 12))
        {
            SnapshotProfile part = joined.BeginPart();
            LeadHistory lead = new LeadBuilder($"l{i}").Has("city", i < 3 ? "Wien" : i < 5 ? "Linz" : "Graz").Touched("page_view", 1, null, ("mood", i < 10 ? "kind" : "cross")).Build();
            part.Observe(Snapshot.Take(new(null, [lead]), lead, Day.At(5)));
            joined.Add(part);
        }

        SchemaDraft draft = joined.Build();
        draft.Schema.Features.Single(feature => feature.Name == "city").Categories.ShouldBe(["other", "Graz", "Wien"]);
        draft.Schema.Features.Select(feature => feature.Name).ShouldContain("page_view[mood=kind]_30d");
    }

    /// <summary>What is in many snapshots of one account alone says how long its leads were open, which is how they ended; see <see cref="SchemaOptions.CategoryMinimumCount"/>.</summary>
    [Fact]
    public void Build_ValuesOfOneAccountAlone_AreNoCategoriesAndNoProperties()
    {
        SnapshotProfile whole = new(), joined = new();
        foreach (int[] leads in Enumerable.Range(0, 24).Chunk(4))
        {
            SnapshotProfile part = joined.BeginPart();
            foreach (int i in leads)
            {
                LeadHistory lead = new LeadBuilder($"l{i}", account: $"a{i / 2}").From($"source {i / 12}").Has("note", $"note {i / 2}").Has("city", i < 13 ? "Wien" : "Graz")
                    .Touched("page_view", 1, null, ("mood", i / 2 == 3 ? "once" : i % 2 == 0 ? "kind" : "cross")).Build();
                foreach (int day in Enumerable.Range(5, 12))
                {
                    Snapshot snapshot = Snapshot.Take(new(null, [lead]), lead, Day.At(day));
                    whole.Observe(snapshot);
                    part.Observe(snapshot);
                }
            }

            joined.Add(part);
        }

        SchemaDraft draft = whole.Build();
        joined.Build().Schema.ToJson().ShouldBe(draft.Schema.ToJson());
        draft.Schema.Features.Single(feature => feature.Name == "city").Categories.ShouldBe(["other", "Wien", "Graz"]);
        draft.Schema.Features.Single(feature => feature.Name == "source").Categories.ShouldBe(["other", "source 0", "source 1"]);
        draft.Schema.Features.Select(feature => feature.Name).ShouldContain("page_view[mood=kind]_30d");
        draft.Schema.Features.ShouldNotContain(feature => feature.Name == "note" || feature.Name.Contains("once", StringComparison.Ordinal));
        draft.LeftOut.ShouldContain(note => note.Name == "note" && note.Reason == "12 different texts, none of them in the rows of 3 accounts");
    }
}
