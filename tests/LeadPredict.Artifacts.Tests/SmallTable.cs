using LeadPredict.Artifacts.Cards;
using LeadPredict.Features;
using LeadPredict.Features.Sources;

namespace LeadPredict.Artifacts.Tests;

/// <summary>A small model of a table with the columns plan, seats, trial and since.</summary>
public static class SmallTable
{
    public static FeatureSchema Schema { get; } = new(SchemaMode.Table,
    [
        new() { Name = "plan", Kind = FeatureKind.Categorical, Group = "plan", Categories = ["other", "12", "team"], Source = new AttributeCategory("plan") },
        new() { Name = "seats", Kind = FeatureKind.Numeric, Group = "seats", Source = new AttributeNumber("seats") },
        new() { Name = "since", Kind = FeatureKind.Numeric, Group = "since", Source = new AttributeDate("since", DatePart.Ordinal, DateOrder.DayFirst) },
    ]);

    public static ArtifactDraft Draft(string name = "flat") => new()
    {
        Name = name,
        Kind = ArtifactKind.Table,
        Schema = Schema,
        Close = SmallModels.Score(schema: Schema),
        ScoreQuantiles = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)],
        MetricsJson = "{}",
        Card = ModelCard.Write(SmallModels.CardContent),
    };
}
