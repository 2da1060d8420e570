using LeadPredict.Scorecard.Reading;
using YamlDotNet.Core;

namespace LeadPredict.Scorecard.Tests.Reading;

public class BadFileTests
{
    /// <summary>A line of the frame replaced, and the fault that it makes: line, column, words of what was found and expected.</summary>
    public static TheoryData<string, string, int, int, string, string> Replacements => new()
    {
        { "version: 1", "version: one", 1, 10, "\"one\"", "version: a number from 1" },
        { "version: 1", "version: 1.5", 1, 10, "\"1.5\"", "a whole number" },
        { "version: 1", "version: \"1\"", 1, 10, "in quotes", "without quotes" },
        { "version: 1", "# nothing", 2, 1, "without version", "a whole number from 1" },
        { "version: 1", "versoin: 1\nversion: 1", 1, 1, "did you mean version", "one of version" },
        { "mqlThreshold: 5", "mqlThreshold: 500", 2, 15, "at most 20 points", "a threshold that a lead can reach" },
        { "mqlThreshold: 5", "mqlThreshold: .nan", 2, 15, "\".nan\"", "a number from 1" },
        { "mqlThreshold: 5", "mqlThreshold: NaN", 2, 15, "\"NaN\"", "a number from 1" },
        { "mqlThreshold: 5", "mqlThreshold: 1e999", 2, 15, "\"1e999\"", "a number from 1" },
        { "mqlThreshold: 5", "# no threshold", 1, 1, "without mqlThreshold", "a whole number of points" },
        { "mqlThreshold: 5", "mqlThreshold: 5\ntotalLimits: { min: 5, max: 30 }", 2, 15, "no lead has less than 5", "not every lead" },
        { "mqlThreshold: 5", "mqlThreshold: 5\ntotalLimits: { min: 5, max: 1 }", 3, 29, "max 1 below min 5", "not below min" },
        { "mqlThreshold: 5", "mqlThreshold: 5\nmqlThreshold: 6", 3, 1, "a second time", "each key once" },
        { "mqlThreshold: 5", "steps: { mql: maybe }\nmqlThreshold: 5", 2, 15, "\"maybe\"", "true or false" },
        { "mqlThreshold: 5", "steps: { mql: off }", 1, 1, "can suggest nothing", "at least one" },
        { "mqlThreshold: 5", "mqlThreshold: 5\nsqlCriteria: [{ name: a, any: [] }]", 3, 31, "an empty list", "a list of conditions" },
        { "mqlThreshold: 5", "mqlThreshold: 5\nsqlCriteria: [{ name: a, any: [{ source: x }], all: [] }]", 3, 48, "unknown key \"all\"", "one of name, any" },
        { "B: 20", "B: 40", 3, 28, "B from 40 points, A from 30", "B to start below A" },
        { "B: 20, ", "", 3, 16, "without B", "the points from which it starts" },
        { "online:", "onlin:", 5, 3, "did you mean online", "demographic, company, online, email, social" },
        { "points: 10", "points: ten", 7, 32, "\"ten\"", "points: a number" },
        { "points: 10", "points: 2.3", 7, 32, "\"2.3\"", "in eighths of a point, for example 2.25" },
        { "points: 10", "points: 0", 7, 32, "0 points", "other than 0" },
        { "points: 10", "points: 10, points: 11", 7, 36, "points a second time", "each key once" },
        { "points: 10", "points: 10, limit: 5", 7, 43, "limit 5 under the 10 points", "at least one hit" },
        { "points: 10", "points: 10, repeats: 2", 7, 45, "repeats on a condition that is not a touch", "begins with touch" },
        { "when: { source: x }", "decay: { halfLife: 2 }, when: { touch: call }", 7, 45, "did you mean halfLifeDays", "halfLifeDays, expiresDays" },
        { "when: { source: x }", "decay: { halfLifeDays: 0 }, when: { touch: call }", 7, 59, "\"0\"", "halfLifeDays in days" },
        { "points: 10", "points: 10, signal: Won", 7, 44, "\"Won\"", "MarketingQualified or SalesQualified" },
        { "name: second", "name: FIRST", 8, 17, "as on line 7", "a name of its own" },
        { "name: second, ", "", 8, 9, "without name", "what people call it" },
        { "{ source: x }", "{ sorce: x }", 7, 42, "a block with sorce", "exactly one of attribute, source" },
        { "{ source: x }", "{ source: x, stage: Won }", 7, 42, "source and stage side by side", "exactly one" },
        { "{ source: x }", "{ source: x, extra: 1 }", 7, 55, "unknown key \"extra\"", "one of source" },
        { "{ source: x }", "{ stage: MQL }", 7, 51, "\"MQL\"", "a stage: one of Lead, MarketingQualified" },
        { "{ source: x }", "{ stage: 1 }", 7, 51, "\"1\"", "a stage" },
        { "{ source: x }", "{ attribute: a }", 7, 42, "no test", "one of equals, in" },
        { "{ source: x }", "{ attribute: a, equals: 1, words: [b] }", 7, 42, "equals and words side by side", "one of equals" },
        { "{ source: x }", "{ attribute: a, atLeast: 5, below: 5 }", 7, 77, "below 5 with atLeast 5", "greater than atLeast" },
        { "{ source: x }", "{ attribute: a, equals: }", 7, 66, "nothing", "missing: true" },
        { "{ source: x }", "{ attribute: a, words: [\"&\"] }", 7, 65, "\"&\"", "letters or digits" },
        { "{ source: x }", "{ touch: call, withinDays: -3 }", 7, 69, "\"-3\"", "withinDays in days" },
        { "{ source: x }", "{ touch: call, times: 0 }", 7, 64, "\"0\"", "times: a number from 1" },
        { "{ source: x }", "{ touch: call, after: { where: { a: b } } }", 7, 64, "after without touch", "the earlier touch" },
        { "{ source: x }", "{ all: { source: x } }", 7, 49, "a block with source", "a list of conditions" },
        { "{ source: x }", "&x { source: x }", 7, 42, "the anchor &x", "written out" },
        { "{ source: x }", "*x", 7, 42, "the alias *x", "written out" },
        { "{ source: x }", "!!map { source: x }", 7, 42, "the tag", "without tags" },
        { "{ source: x }", "{ source: x", 8, 7, "a syntax error", "well-formed YAML" },
    };

    private const string Frame =
        """
        version: 1
        mqlThreshold: 5
        grades: { fit: { A: 30, B: 20, C: 10 }, engagement: { 1: 30, 2: 20, 3: 10 } }
        groups:
          online:
            rules:
              - { name: first, points: 10, when: { source: x } }
              - { name: second, points: 10, when: { source: y } }
        """;

    [Fact]
    public void Frame_Itself_IsRight() => ScorecardDefinition.Parse(Frame, "card.yaml").RuleCount.ShouldBe(2);

    [Theory]
    [MemberData(nameof(Replacements))]
    public void File_Wrong_IsRefusedWithPlaceAndExpectation(string right, string wrong, int line, int column, string found, string expected)
    {
        string yaml = Replaced(right, wrong);

        ScorecardFormatException refusal = Should.Throw<ScorecardFormatException>(() => ScorecardDefinition.Parse(yaml, "card.yaml"));

        ScorecardFault fault = refusal.Faults.ShouldHaveSingleItem();
        fault.File.ShouldBe("card.yaml");
        (fault.Line, fault.Column, fault.Found).ShouldBe((line, column, fault.Found), fault.ToString());
        fault.Found.ShouldContain(found);
        fault.Expected.ShouldContain(expected);
        refusal.Message.ShouldContain($"card.yaml:{line}:{column}: found ");
    }

    [Fact]
    public void File_ManyFaults_AreListedInOneGoInOrder()
    {
        string yaml = Frame.Replace("version: 1", "version: x").Replace("B: 20", "B: 50").Replace("source: y", "colour: red");

        ScorecardFormatException refusal = Should.Throw<ScorecardFormatException>(() => ScorecardDefinition.Parse(yaml, "card.yaml"));

        refusal.Faults.Select(fault => fault.Line).ShouldBe([1, 3, 8]);
        refusal.Line.ShouldBe(1);
        refusal.Message.ShouldStartWith("the file has 3 faults; nothing was read from it:");
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment")]
    [InlineData("- a\n- b")]
    [InlineData("just words")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("\0")]
    [InlineData("version: 1\n\tgroups: 2")]
    [InlineData("? [a, b]\n: c")]
    [InlineData("{")]
    public void File_NotACard_IsRefused(string yaml) =>
        Should.Throw<ScorecardFormatException>(() => ScorecardDefinition.Parse(yaml, "card.yaml")).Faults.ShouldNotBeEmpty();

    /// <summary>What YamlDotNet stumbles over, or reads as half an entry.</summary>
    [Theory]
    [InlineData("version: 1\na: {b\nc: d\n", 3, 1, "is a bracket or brace left open?")]
    [InlineData("version: 1\na: [b\nc: d\n", 3, 1, "is a bracket or brace left open?")]
    [InlineData("a: {b: {c: d\ne: f\n", 2, 1, "is a bracket or brace left open?")]
    [InlineData("a: \"\\UFFFFFFFF\"", 1, 15, "a syntax error")]
    [InlineData("a: !<>", 1, 7, "a syntax error")]
    [InlineData("a:\n  - : x\n", 2, 6, "a key without a value")]
    [InlineData("a:\n  - : x\n    b: y\nc: z\n", 3, 8, "a key without a value")]
    public void File_ThatIsBroken_IsRefusedAtItsPlace(string yaml, int line, int column, string found)
    {
        ScorecardFault fault = Should.Throw<ScorecardFormatException>(() => ScorecardDefinition.Parse(yaml, "card.yaml")).Faults.ShouldHaveSingleItem();

        fault.Found.ShouldContain(found);
        fault.Expected.ShouldBe("well-formed YAML");
        (fault.Line, fault.Column).ShouldBe((line, column), fault.ToString());

        YamlException refusal = Should.Throw<YamlException>(() => BoundedYaml.Load(yaml));
        ((int)refusal.Start.Line, (int)refusal.Start.Column).ShouldBe((line, column));
    }

    [Fact]
    public void File_AliasBomb_IsRefusedAtItsFirstAnchor()
    {
        string bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + Frame;

        ScorecardFormatException refusal = Should.Throw<ScorecardFormatException>(() => ScorecardDefinition.Parse(bomb, "card.yaml"));

        (refusal.Line, refusal.Column).ShouldBe((1, 4));
    }

    [Fact]
    public void File_DeepNesting_IsRefused() =>
        Should.Throw<ScorecardFormatException>(() => ScorecardDefinition.Parse("a: " + new string('[', 500_000), "card.yaml"))
            .Found.ShouldContain("levels inside one another");

    [Fact]
    public void File_OverOneMegabyte_IsRefused() =>
        Should.Throw<ScorecardFormatException>(() => ScorecardDefinition.Parse(Frame + "\n#" + new string('x', 1024 * 1024), "card.yaml"))
            .Expected.ShouldContain("at most 1 MB");

    [Fact]
    public void Load_NotUtf8_NamesTheByteAndItsPlace()
    {
        string path = Path.Combine(Path.GetTempPath(), $"leadpredict-card-{Environment.ProcessId}.yaml");
        try
        {
            File.WriteAllBytes(path, [.. "version: 1\nname: M"u8, 0xFC, .. "ller\n"u8]);
            ScorecardFormatException refusal = Should.Throw<ScorecardFormatException>(() => ScorecardDefinition.Load(path));
            (refusal.Line, refusal.Column).ShouldBe((2, 8));
            refusal.Found.ShouldContain("FC");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Warnings_TouchTypeOfTheCompanysOwn_IsAllowedAndTold()
    {
        ScorecardDefinition card = ScorecardDefinition.Parse(Replaced("{ source: x }", "{ touch: demo_requets }"), "card.yaml");

        card.Warnings.ShouldHaveSingleItem().ShouldBe(
            "card.yaml:7:51: the touch type demo_requets is not one of the known (did you mean demo_request?); "
            + "it counts only if your history has touches of this type");
    }

    private static string Replaced(string right, string wrong)
    {
        string frame = Frame.ReplaceLineEndings("\n");
        int at = frame.IndexOf(right, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0);
        return frame[..at] + wrong + frame[(at + right.Length)..];
    }
}
