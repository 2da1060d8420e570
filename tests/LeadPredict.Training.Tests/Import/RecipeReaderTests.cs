using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Tests.Import;

public class RecipeReaderTests
{
    private const string Good =
        """
        format: { delimiter: ";", encoding: windows-1252, decimal: ",", missing: [NULL, "-"], zone: +01:00, times: [dd.MM.yyyy] }
        funnel: { steps: [mql, sql, won], qualifyHorizonDays: 60, start: 2024-01-01 }
        files:
          - file: leads*.csv
            lead: { id: Record ID, createdAt: Create Date, source: { column: Source, map: { web: website } } }
            attributes:
              employees: { column: Employees, type: number }
            transitions:
              - { stage: { column: Stage, map: { lead: ~, customer: Won } }, at: Changed, when: { column: Stage, isNot: [Open] } }
        """;

    [Fact]
    public void Read_GoodRecipe_IsAllThere()
    {
        Recipe recipe = RecipeReader.Read(Good, "r.yaml");

        recipe.Format.Csv.Delimiter.ShouldBe(';');
        recipe.Format.Csv.Encoding.ShouldBe(CsvEncoding.Windows1252);
        recipe.Format.DecimalMark.ShouldBe(',');
        recipe.Format.Zone.BaseUtcOffset.ShouldBe(TimeSpan.FromHours(1));
        recipe.Funnel.ShouldBe(FunnelDefinition.Create(
            [Stage.MarketingQualified, Stage.SalesQualified, Stage.Won],
            qualifyHorizon: TimeSpan.FromDays(60),
            start: new DateTimeOffset(2023, 12, 31, 23, 0, 0, TimeSpan.Zero)));
        FileRecipe file = recipe.Files.ShouldHaveSingleItem();
        file.Attributes.ShouldHaveSingleItem().Type.ShouldBe(CellType.Number);
        file.Transitions.ShouldHaveSingleItem().Stage.Map!["LEAD"].ShouldBeNull();
        file.Transitions[0].When.ShouldHaveSingleItem().Negated.ShouldBeTrue();
    }

    [Fact]
    public void Read_NativeRecipe_IsGood() => NativeRecipe.Read().Files.Count.ShouldBe(6);

    [Theory]
    [InlineData("source: { column", "sauce: { column", "line 5, column 52: lead has no key 'sauce'; expected one of id, createdAt, recordedAt, source, account")]
    [InlineData("id: Record ID, ", "", "line 5, column 11: lead needs the key 'id'")]
    [InlineData("type: number", "type: numeric", "'type' is 'numeric'; expected one of text, number, boolean, auto")]
    [InlineData("encoding: windows-1252", "encoding: latin9", "'encoding' is 'latin9'; expected one of auto, utf-8")]
    [InlineData("zone: +01:00", "zone: Nowhere", "'Nowhere' is no time zone known here")]
    [InlineData("steps: [mql, sql, won]", "steps: [mql, sqll, won]", "'sqll' is no stage; expected one of Lead, MarketingQualified")]
    [InlineData("steps: [mql, sql, won]", "steps: [won, mql]", "do not make a funnel")]
    [InlineData("qualifyHorizonDays: 60", "qualifyHorizonDays: soon", "expected a number of days from 1 to 1000")]
    [InlineData("start: 2024-01-01", "start: once", "'start' is 'once'; expected a date such as 2025-01-31")]
    [InlineData("customer: Won", "customer: Wonn", "'Wonn' is no stage")]
    [InlineData("times: [dd.MM.yyyy]", "times: ['%']", "'%' is no format of times")]
    [InlineData("times: [dd.MM.yyyy]", "times: [\"yyyy-MM-dd'T'HH:mm:ss'Z'\"]", "would pass over the word for UTC that it quotes")]
    [InlineData("times: [dd.MM.yyyy]", "times: [\"dd/MM/yyyy HH:mm' UTC'\"]", "would pass over the word for UTC that it quotes")]
    [InlineData("times: [dd.MM.yyyy]", "times: [dd/MM HH:mm]", "expected one with year, month and day")]
    [InlineData("id: Record ID", "id: { column: Record ID, firstOf: '' }", "'firstOf' is empty")]
    [InlineData("times: [dd.MM.yyyy]", "times: [HH:mm]", "expected one with year, month and day")]
    [InlineData("isNot: [Open]", "is: a, isNot: b", "a condition has is and isNot; expected only one of is, isNot, isStage, present")]
    [InlineData("isNot: [Open]", "isStage: [Won, Wonn]", "'Wonn' is no stage; expected one of Lead, MarketingQualified")]
    [InlineData(", isNot: [Open]", "", "a condition needs one of is, isNot, isStage, present")]
    [InlineData("when: { column: Stage,", "when: { map: { a: b }, column: { column: Stage, map: { c: d } },", "a condition has 'map' and its column has one too; expected only one of them")]
    [InlineData("id: Record ID, ", "id: { column: a, value: b }, ", "'id' has 'column' and 'value'; expected only one of them")]
    [InlineData("id: Record ID, ", "id: { value: a, else: b }, ", "'id' has 'value', which no row lacks, and 'else', which would never be taken")]
    [InlineData("id: Record ID, ", "id: { column: a, else: { then: b } }, ", "'else' of 'id' needs either 'column' or 'value'")]
    [InlineData("customer: Won", "customer: Won }, else: { value: Wonn", "'Wonn' is no stage")]
    [InlineData("id: Record ID, ", "id: { optional: true }, ", "'id' needs either 'column' or 'value'")]
    [InlineData("id: Record ID, ", "id: Record ID, aliases: [{ value: x }], ", "line 5, column 38: an alias would be the same for every lead; expected a column")]
    [InlineData("id: Record ID, ", "id: Record ID, aliases: [[]], ", "an alias must list names of a column")]
    [InlineData("id: Record ID, ", "id: Record ID, mergedInto: { value: x }, ", "'mergedInto' would be the same for every lead; expected a column")]
    [InlineData("zone: +01:00", "headerLine: 0", "'headerLine' is '0'; expected the number of the line that the column names stand on")]
    [InlineData("zone: +01:00", "ids: sugar", "'ids' is 'sugar'; expected one of salesforce")]
    [InlineData("file: leads*.csv", "file: leads*.csv\n    except: [[a]]", "'except' of a file must be a list of words")]
    [InlineData("file: leads*.csv", "file: ../leads.csv", "must be a file's name or pattern inside the folder")]
    [InlineData("files:", "fails:", "line 3, column 1: a recipe has no key 'fails'")]
    [InlineData("transitions:", "changes:\n      - { name: a, value: b, at: c, types: { a: numeric } }\n    transitions:", "line 9, column 49: 'a' of 'types' is 'numeric'; expected one of text, number, boolean, auto")]
    [InlineData("transitions:", "changes:\n      - { name: a, value: b, at: c, types: number }\n    transitions:", "'types' of a change must be a mapping")]
    [InlineData("file: leads*.csv", "file: leads*.csv\n    join: { file: a.csv, as: a, key: [], knownAt: creation }", "'key' of a join must name its key column")]
    [InlineData("file: leads*.csv", "file: leads*.csv\n    join:\n      - { file: a.csv, as: a, key: k, knownAt: creation }\n      - { file: b.csv, as: A, key: k, knownAt: creation }", "line 7, column 28: two joins of a file are called 'A'")]
    [InlineData("      employees: {", "      Employees: Staff\n      employees: {", "line 8, column 7: a file has the attribute 'employees' twice; names compare without case")]
    [InlineData("map: { web: website }", "map: [web]", "'map' of 'source' must be a mapping")]
    public void Read_Fault_IsToldWithItsPlaceAndWhatWasExpected(string good, string bad, string message)
    {
        Good.ShouldContain(good);

        RecipeException refusal = Should.Throw<RecipeException>(
            () => RecipeReader.Read(Good.Replace(good, bad, StringComparison.Ordinal), "r.yaml"));

        refusal.Message.ShouldContain("r.yaml, line ");
        refusal.Message.ShouldContain(message);
    }

    [Fact]
    public void Read_AttributeNameThatNoRowCanHave_IsRefused()
    {
        string name = new('a', 401);

        RecipeException refusal = Should.Throw<RecipeException>(() => RecipeReader.Read(
            $"files:\n  - file: a.csv\n    lead: {{ id: id, createdAt: at }}\n    attributes: {{ {name}: b }}\n    changes: {{ name: {name}, value: b, at: at }}\n", "r.yaml"));

        refusal.Faults.Select(fault => (fault.Line, fault.Problem)).ShouldBe(
            [(4L, "an attribute's name has 401 characters; expected at most 400"), (5L, "an attribute's name has 401 characters; expected at most 400")]);
    }

    [Fact]
    public void Read_ManyFaults_AreToldAtOnceInOrder()
    {
        RecipeException refusal = Should.Throw<RecipeException>(() => RecipeReader.Read(
            "format: { zones: UTC }\nfiles:\n  - { file: a.csv, lead: { id: x } }\n  - { file: b.csv }\n", "r.yaml"));

        refusal.Faults.Select(fault => fault.Line).ShouldBe([1L, 3L, 4L]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b\n")]
    [InlineData("files: [\n")]
    [InlineData("files: a\nfiles: b\n")]
    public void Read_NoRecipeAtAll_IsRefused(string yaml) => Should.Throw<RecipeException>(() => RecipeReader.Read(yaml, "r.yaml"));

    [Fact]
    public void Read_AttributeOfAJoinedFile_TakesTheJoinsTime()
    {
        Recipe recipe = RecipeReader.Read(
            """
            files:
              - file: a.csv
                join: { file: deals.csv, as: deal, key: id, knownAt: deal.won }
                lead: { id: id, createdAt: at }
                attributes: { segment: deal.segment, origin: origin }
            """,
            "r.yaml");

        recipe.Files[0].Attributes.Select(attribute => attribute.KnownAt?.Column).ShouldBe(["deal.won", null]);
    }

    [Fact]
    public void Read_JoinThatDoesNotSayWhenItIsKnown_IsRefused() =>
        Should.Throw<RecipeException>(() => RecipeReader.Read(
            "files:\n  - file: a.csv\n    join: { file: b.csv, as: b, key: id }\n    lead: { id: id, createdAt: at }\n", "r.yaml"))
            .Message.ShouldContain("a join needs 'knownAt'");
}
