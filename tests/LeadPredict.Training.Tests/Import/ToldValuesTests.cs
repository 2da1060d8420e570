using LeadPredict.Funnel.Leads;
using LeadPredict.Training.Import.Rows;

namespace LeadPredict.Training.Tests.Import;

/// <summary>Several values of one field at one instant: all are kept, and the last in the file counts.</summary>
public sealed class ToldValuesTests : IDisposable
{
    private const string At = "2025-01-02T00:00:00Z";
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(4_997)]
    [InlineData(4_998)]
    [InlineData(4_999)]
    public async Task Import_ValuesOfOneInstantOnBothSidesOfABatch_AreAllKept(int rowsBefore)
    {
        string filler = string.Concat(Enumerable.Range(0, rowsBefore).Select(i => $"l1,f{i},x,{At},{At}\n"));
        _folder.With("leads.csv", "id,accountId,source,createdAt,recordedAt\nl1,,web,2025-01-01T00:00:00Z,2025-01-01T00:00:00Z\n").With(
            "attributes.csv",
            $"leadId,name,value,occurredAt,recordedAt\n{filler}l1,title,Clerk,{At},{At}\nl1,title,Boss,{At},{At}\nl1,title,Clerk,{At},{At}\n");

        (await _folder.ImportAsync()).ExitCode.ShouldBe(0);

        LeadHistory lead = (await _folder.LeadsAsync()).ShouldHaveSingleItem();
        lead.Attributes.Where(change => change.Name == "title").Select(change => change.Value.Text).ShouldBe(["Clerk", "Boss", "Clerk"]);
        (await _folder.ImportAsync("--json")).Json.GetProperty("rows").GetProperty("attributes").GetProperty("added").GetInt32().ShouldBe(0);
    }

    [Fact]
    public void Apart_WhatDiffersInOnePart_IsToldApartByItsValueAlone()
    {
        var told = new ToldValues();
        DateTimeOffset at = new(2025, 1, 2, 0, 0, 0, TimeSpan.Zero);
        var change = new AttributeChange { LeadId = "ab", Name = "c", Value = AttributeValue.Of("1"), OccurredAt = at, RecordedAt = at };
        AttributeChange[] others =
        [
            change with { LeadId = "a", Name = "bc" }, change with { Name = "d" }, change with { OccurredAt = at.AddHours(-1) }, change with { RecordedAt = at.AddHours(1) },
        ];
        AttributeValue[] values = [AttributeValue.Of("1"), AttributeValue.Of(1), AttributeValue.Of(true), AttributeValue.Missing, AttributeValue.Of("")];

        values.Concat(values).SelectMany(value => new[] { value, value }).Select(value => told.Apart(change with { Value = value }).RecordedAt).ShouldBe(
            Enumerable.Range(0, 20).Select(row => at.AddMicroseconds(row / 2)));
        others.Select(told.Apart).ShouldBe(others);
    }
}
