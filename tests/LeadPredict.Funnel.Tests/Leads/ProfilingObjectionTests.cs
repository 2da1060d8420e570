using LeadPredict.Funnel.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Funnel.Tests.Leads;

public sealed class ProfilingObjectionTests
{
    public static TheoryData<string, bool> Texts => new()
    {
        { "true", true }, { " Yes ", true }, { "y", true }, { "1", true }, { "2024-05-01", true }, { "objected by phone", true },
        { "false", false }, { "No", false }, { "n", false }, { "0", false }, { " ", false },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void IsRaised_AsAnExportWritesIt_AllButAPlainNoIsOne(string text, bool expected) =>
        ProfilingObjection.IsRaised(new LeadBuilder("a").Has("ProfilingObjection", text).Build()).ShouldBe(expected);

    [Fact]
    public void IsRaised_OtherKinds_TheLatestCounts()
    {
        (AttributeValue Value, bool Expected)[] values =
            [(AttributeValue.Of(true), true), (AttributeValue.Of(false), false), (AttributeValue.Of(1), true), (AttributeValue.Of(0), false), (AttributeValue.Missing, false)];
        var lead = new LeadBuilder("a");
        for (int i = 0; i < values.Length; i++)
        {
            lead.Has(ProfilingObjection.Attribute, values[i].Value, i);
            ProfilingObjection.IsRaised(lead.Build()).ShouldBe(values[i].Expected);
        }
    }

    [Theory]
    [InlineData(1, 2, false)]
    [InlineData(2, 4, true)]
    [InlineData(4, 6, true)]
    [InlineData(4, 8, true)]
    [InlineData(7, 8, false)]
    public void WasRaised_OfAnObjectionThatWasLifted_KnowsWhatWasKnownThenAndSince(double from, double to, bool expected)
    {
        LeadHistory lead = new LeadBuilder("a").Has(ProfilingObjection.Attribute, false, 0).Has(ProfilingObjection.Attribute, true, 3).Has(ProfilingObjection.Attribute, false, 5).Build();
        ProfilingObjection.WasRaised(lead, Day.At(from), Day.At(to)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(9_000)]
    public void SaidAt_WheneverTheContraryIsDated_CountsFromThenOn(int? contrary)
    {
        foreach (bool objects in new[] { true, false })
        {
            var lead = new LeadBuilder("a");
            LeadHistory before = (contrary is { } day ? lead.Has("ProfilingObjection", !objects, day) : lead).Build();

            AttributeChange said = ProfilingObjection.SaidAt(Day.At(5), before, objects);

            ProfilingObjection.IsRaised(new LeadHistory(before.Lead, attributes: [said, .. before.Attributes])).ShouldBe(objects);
            said.RecordedAt.ShouldBe(Day.At(5));
            ProfilingObjection.WasRaised(new LeadHistory(before.Lead, attributes: [.. before.Attributes, said]), Day.At(5.1), Day.At(5.2)).ShouldBe(objects);
        }
    }
}
