using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Tables;

public class RealTableTests
{
    [RealDataFact]
    public void FromColumns_BankTable_KeepsEveryColumn()
    {
        string[] lines = File.ReadAllLines(SharedFiles.Real("bench", "bank", "train.csv"));
        string[] header = lines[0].Split(',');

        SchemaDraft draft = FeatureSchemaBuilder.FromColumns(
            header, lines.Skip(1).Take(5_000).Select(line => line.Split(',')), new() { Drop = ["label"] });

        draft.LeftOut.Select(note => note.Name).ShouldBe(["label"]);
        draft.Schema.Features.Count.ShouldBe(header.Length - 1);
        draft.Schema.Features.Where(feature => feature.Kind == FeatureKind.Categorical).Select(feature => feature.Name).ShouldBe(
            ["job", "marital", "education", "default", "housing", "loan", "contact", "month", "day_of_week", "poutcome"]);
    }
}
