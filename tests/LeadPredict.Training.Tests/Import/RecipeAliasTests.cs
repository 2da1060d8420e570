using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Recipes whose aliases stand for themselves or for too much, that lie too deep, or that leave a bracket open.</summary>
public sealed class RecipeAliasTests
{
    private const string Head = "files:\n  - file: a.csv\n    lead: { id: id, createdAt: at }\n    attributes:\n";

    public static TheoryData<string, string> Wrong => new()
    {
        { "      x: &a { column: Status, else: *a }\n", "line 5, column 37: cannot be read as YAML: the alias *a stands inside what it names" },
        { "      x: { column: Status, else: *b }\n      y: &b { column: Status }\n", "the alias *b names nothing that stands before it" },
        { "      x: " + Deep(30_000), "more than 100 levels inside one another" },
        { "      x0: &x0 { column: a }\n" + string.Concat(Enumerable.Range(1, 120).Select(i => $"      x{i}: &x{i} {{ column: a, else: *x{i - 1} }}\n")), "line 100, column 36: cannot be read as YAML: more than 100 levels" },
        { "      x: [&x0 [a], " + string.Join(", ", Enumerable.Range(1, 34).Select(i => $"&x{i} [*x{i - 1}, *x{i - 1}]")) + "]\n", "aliases that repeat more than 100000 values" },
        { "      x: { column: a\n      y: b\n", "line 6, column 7: cannot be read as YAML: " },
        { "      x: [a\ny: b\n", "line 6, column 1: cannot be read as YAML: is a bracket or brace left open?" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Read_AliasesOrLevelsWithoutEnd_AreRefusedWithTheirPlace(string attributes, string message) =>
        Should.Throw<RecipeException>(() => RecipeReader.Read(Head + attributes, "r.yaml")).Message.ShouldContain(message);

    [Fact]
    public void Read_AliasesAndLevelsWithin_AreTaken()
    {
        Recipe recipe = RecipeReader.Read($"{Head}      x: &a {{ column: A, else: &b {{ column: B }} }}\n      y: *a\n      z: *b\n      d: {Deep(40)}", "r.yaml");

        recipe.Files[0].Attributes.Select(attribute => attribute.Value.All.Count()).ShouldBe([2, 2, 1, 41]);
    }

    /// <summary>A name that is given again is the later one's from there on.</summary>
    [Fact]
    public void Read_NameGivenAgain_IsTheLaterOnes() => RecipeReader.Read($"{Head}      x: &a {{ column: A, else: &a {{ column: B, else: C }}, then: *a }}\n", "r.yaml")
        .Files[0].Attributes[0].Value.Then!.Column.ShouldBe("B");

    private static string Deep(int levels) => string.Concat(Enumerable.Repeat("{ column: a, else: ", levels)) + "a" + new string('}', levels) + "\n";
}
