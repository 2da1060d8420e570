using System.Runtime.InteropServices;
using LeadPredict.Features.Profiles;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Extraction;

/// <summary>The promise on which everything rests: what happens or is recorded at AsOf or later changes no feature.</summary>
public class PointInTimeTests
{
    private const int Snapshots = 10_000;

    [Fact]
    public void Extract_RowsAddedAtOrAfterAsOf_ChangeNoFeatureOfTenThousandSnapshots()
    {
        FeatureExtractor extractor = new(LearnSchema());
        float[] before = new float[extractor.Count], after = new float[extractor.Count];
        int compared = 0, knowsSomething = 0;
        foreach (AccountHistory account in RandomHistories.Accounts(5_000, seed: 1))
        {
            Random random = new(compared);
            for (int i = 0; i < 2; i++, compared++)
            {
                LeadHistory lead = account.Leads[random.Next(account.Leads.Count)];
                double earliest = (lead.Lead.CreatedAt - Day.Zero).TotalDays + 0.001;
                double day = earliest + (random.NextDouble() * (RandomHistories.Days - earliest));
                DateTimeOffset asOf = Day.At(random.Next(4) == 0 ? Math.Ceiling(day) : day);
                AccountHistory richer = RandomHistories.WithFuture(account, asOf, random);

                extractor.Extract(Snapshot.Take(account, lead, asOf), before);
                extractor.Extract(Snapshot.Take(richer, richer.Leads.Single(other => other.Lead.Id == lead.Lead.Id), asOf), after);

                if (!MemoryMarshal.AsBytes<float>(before).SequenceEqual(MemoryMarshal.AsBytes<float>(after)))
                {
                    int first = Enumerable.Range(0, before.Length).First(f => !before[f].Equals(after[f]));
                    Assert.Fail($"{lead.Lead.Id} at {asOf:O}: {extractor.Schema.Features[first].Name} was {before[first]}, became {after[first]}");
                }

                knowsSomething += before[extractor.Schema.IndexOf("touches_all")] > 0 ? 1 : 0;
            }
        }

        compared.ShouldBe(Snapshots);
        knowsSomething.ShouldBeGreaterThan(Snapshots / 2);
    }

    [Fact]
    public void Extract_PastRowAdded_DoesChangeFeatures()
    {
        // The counterpart: the property above must not hold because nothing is read at all.
        FeatureExtractor extractor = new(LearnSchema());
        float[] before = new float[extractor.Count], after = new float[extractor.Count];
        AccountHistory without = new LeadBuilder().BuildAlone(), with = new LeadBuilder().Touched("call", 9.99).BuildAlone();

        extractor.Extract(Snapshot.Take(without, without.Leads[0], Day.At(10)), before);
        extractor.Extract(Snapshot.Take(with, with.Leads[0], Day.At(10)), after);

        before[extractor.Schema.IndexOf("call_7d")].ShouldBe(0);
        after[extractor.Schema.IndexOf("call_7d")].ShouldBe(1);
    }

    [Fact]
    public void Extract_FromManyThreads_GivesTheSameBits()
    {
        FeatureExtractor extractor = new(LearnSchema());
        Snapshot[] snapshots = [.. RandomHistories.Accounts(200, seed: 4).Select(account => Snapshot.Take(account, account.Leads[0], Day.At(300)))];
        float[][] alone = [.. snapshots.Select(snapshot => Vector(extractor, snapshot))];
        float[][] together = new float[snapshots.Length][];

        Parallel.For(0, snapshots.Length, i => together[i] = Vector(extractor, snapshots[i]));

        together.ShouldBe(alone);
    }

    private static float[] Vector(FeatureExtractor extractor, Snapshot snapshot)
    {
        float[] vector = new float[extractor.Count];
        extractor.Extract(snapshot, vector);
        return vector;
    }

    private static FeatureSchema LearnSchema()
    {
        SnapshotProfile profile = new(new() { MinimumCount = 2, CategoryMinimumCount = 2 });
        foreach (AccountHistory account in RandomHistories.Accounts(300, seed: 2))
        {
            profile.Observe(Snapshot.Take(account, account.Leads[0], Day.At(300)));
        }

        return profile.Build().Schema;
    }
}
