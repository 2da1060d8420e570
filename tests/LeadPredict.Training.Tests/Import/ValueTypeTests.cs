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
