using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Tests.Import;

/// <summary>What cells are read as, where one column holds the values of many attributes.</summary>
public sealed class ValueTypeTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("01234")]
    [InlineData("+49 151")]
    [InlineData("+49151")]
    [InlineData("1,200")]
    [InlineData("1 200")]
    [InlineData("1'200")]
    [InlineData("$ 90")]
    [InlineData("USD 90")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-01")]
    [InlineData("12E5")]
    [InlineData("12345678901234567")]
    public async Task Auto_WhatIsNoPlainNumber_StaysTheTextThatItIs(string cell) => (await AutoAsync(cell)).ShouldBe(AttributeValue.Of(cell));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("900", 900)]
    [InlineData("-17.25", -17.25)]
    [InlineData("0.5", 0.5)]
    [InlineData("1.5E7", 15_000_000)]
    [InlineData("1E-05", 0.00001)]
    [InlineData("1.2345678901234568E+17", 1.2345678901234568E+17)]
    public async Task Auto_PlainNumber_IsANumber(string cell, double expected) => (await AutoAsync(cell)).ShouldBe(AttributeValue.Of(expected));

    [Theory]
    [InlineData("1,5", true)]
    [InlineData("1.5", false)]
    [InlineData("1.200", false)]
    public async Task Auto_WhereTheDecimalMarkIsAComma_TakesThatOne(string cell, bool number) =>
        (await AutoAsync(cell, "--decimal", ",")).ShouldBe(number ? AttributeValue.Of(1.5) : AttributeValue.Of(cell));

    [Theory]
    [InlineData("salesforce", "LeadHistory.csv", "LeadId,Field,NewValue,CreatedDate\n{0}", "1,NumberOfEmployees,{0},2025-01-02\n", "NewValue")]
    [InlineData("marketo-activities", "activities.csv", "marketoGUID,leadId,activityTypeId,primaryAttributeValue,attributes,activityDate\n{0}", "7,1,13,Num Employees,\"{{\"\"New Value\"\":{0}}}\",2025-01-02\n", "attributes.New Value")]
    public async Task Change_OfAnAttributeThatIsANumber_IsReadAsOne(string recipe, string file, string table, string row, string column)
    {
        string Row(string value) => string.Format(null, row, recipe == "salesforce" ? $"\"{value}\"" : $"\"\"{value}\"\"");
        _folder.With("Lead.csv", "Id,CreatedDate,createdAt\n1,2025-01-01,2025-01-01\n")
            .With(file, string.Format(null, table, Row("50-100") + Row("1,200") + Row("abc") + Row("0900")));

        ConsoleRun run = await _folder.ImportAsync("--recipe", recipe);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain($"line 2, column '{column}': '50-100' is no number; expected one such as 1234.5");
        run.Error.ShouldContain($"line 4, column '{column}': 'abc' is no number");
        (await _folder.LeadsAsync()).Single().Attributes.Select(change => (change.Name, change.Value))
            .ShouldBe([("employees", AttributeValue.Of(1200)), ("employees", AttributeValue.Of(900))], ignoreOrder: true);
    }

    [Fact]
    public async Task Types_OfARecipe_HoldForTheAttributesThatTheyName()
    {
        ConsoleRun run = await _folder.With("leads.csv", "id,at\n1,2025-01-01\n")
            .With("changes.csv", "id,name,value,at\n1,Zip,12345,2025-01-02\n1,EMPLOYEES,\"1,200\",2025-01-02\n1,Other,7,2025-01-02\n")
            .With(
                "recipe.yaml",
                """
                files:
                  - { file: leads.csv, lead: { id: id, createdAt: at } }
                  - file: changes.csv
                    leadId: id
                    changes: { name: { column: name }, value: value, type: auto, types: { employees: number, zip: text }, at: at }
                """)
            .ImportAsync();

        run.ExitCode.ShouldBe(0, run.Error);
        (await _folder.LeadsAsync()).Single().Attributes.Select(change => change.Value)
            .ShouldBe([AttributeValue.Of("12345"), AttributeValue.Of(1200), AttributeValue.Of(7)], ignoreOrder: true);
    }

    [Fact]
    public async Task Member_ThatIsAWordForNothing_GivesWayToTheNext()
    {
        ConsoleRun run = await _folder
            .With("activities.csv", "marketoGUID,leadId,activityDate,activityTypeId,primaryAttributeValue,attributes\n1,6,2024-03-12T09:14:00Z,12,ada,\"{\"\"Lead Source\"\": \"\"null\"\", \"\"Source Type\"\": \"\"Web\"\"}\"\n")
            .ImportAsync("--recipe", "marketo-activities");

        run.ExitCode.ShouldBe(0, run.Error);
        (await _folder.LeadsAsync()).ShouldHaveSingleItem().Lead.Source.ShouldBe("Web");
    }

    private async Task<AttributeValue> AutoAsync(string cell, params string[] options)
    {
        ConsoleRun run = await _folder.With("leads.csv", "id,accountId,source,createdAt,recordedAt\n1,,,2025-01-01,\n")
            .With("attributes.csv", $"leadId,name,value,occurredAt,recordedAt\n1,x,\"{cell}\",2025-01-01,\n")
            .ImportAsync(["--recipe", Recipe(), .. options]);
        run.ExitCode.ShouldBe(0, run.Error);
        return (await _folder.LeadsAsync()).Single().Attributes.Single().Value;
    }

    private string Recipe()
    {
        _folder.With(
            "auto.yaml",
            """
            files:
              - { file: leads.csv, lead: { id: id, createdAt: createdAt } }
              - file: attributes.csv
                leadId: leadId
                changes: { name: { column: name }, value: value, type: auto, at: occurredAt }
            """);
        return Path.Combine(_folder.Files, "auto.yaml");
    }
}
