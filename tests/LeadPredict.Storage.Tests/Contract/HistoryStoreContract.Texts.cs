using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Errors;
using LeadPredict.Testing;

namespace LeadPredict.Storage.Tests.Contract;

// Whatever stands in a text field is text.
public abstract partial class HistoryStoreContract
{
    private static readonly string[] HostileTexts =
    [
        "Robert'); DROP TABLE leads;-- \"ü€😀\"\t\n<b>", "'; DELETE FROM touches; --", "\" OR \"\"=\"", "1; UPDATE settings SET value = ''",
        "' UNION SELECT value FROM settings --", "$1", "@Id", ":id", "$$; DROP SCHEMA leadpredict CASCADE; $$", "\\'; COMMIT; --", "\\N", "\\.",
        "\\x00", "/* */", "%s%n{0}", "NULL", "null", " ", "\r\n", "\u0001\u007f\ufeff\uffff", "e\u0301 is not é", "{\"a\":1}", "[]", "\ud83d\ude00",
    ];

    [ContractFact]
    public async Task Append_HostileTextInEveryField_IsKeptAsGiven()
    {
        string schema = await Tested.SchemaAsync();
        foreach (string text in HostileTexts)
        {
            await Store.AppendAsync(HistoryBatch.Of(Everywhere(text)));
        }

        foreach (string text in HostileTexts)
        {
            ShouldBeSame((await Store.FindAccountOfLeadAsync(text))!, Everywhere(text));
        }

        (await ReadAllAsync()).Count.ShouldBe(HostileTexts.Length);
        (await Tested.SchemaAsync()).ShouldBe(schema);
    }

    [ContractFact]
    public async Task ReadAccounts_TextsOfAllLengths_ComeWhole()
    {
        AccountHistory[] written = [.. Enumerable.Range(0, 90).Select(i => new LeadBuilder($"lead-{i:D2}")
            .Has("note", new string((char)('a' + (i % 26)), i % 30 == 7 ? 300_000 * (1 + (i / 30)) : i * i))
            .Touched("call", i, null, ("text", new string('t', i % 20 == 3 ? 270_000 : i))).BuildAlone())];
        await Store.AppendAsync(HistoryBatch.Of(written));

        List<AccountHistory> read = await ReadAllAsync();

        read.Count.ShouldBe(written.Length);
        for (int i = 0; i < read.Count; i++)
        {
            ShouldBeSame(read[i], written[i]);
        }
    }

    [ContractFact]
    public async Task Append_HostileTextsInOneLargeBatch_AreKeptAsGiven()
    {
        string schema = await Tested.SchemaAsync();
        string[] texts = [.. HostileTexts.SelectMany(text => new[] { text, text + text, text + " 3" })];

        await Store.AppendAsync(HistoryBatch.Of(texts.Select(Everywhere)));

        foreach (string text in texts)
        {
            ShouldBeSame((await Store.FindAccountOfLeadAsync(text))!, Everywhere(text));
        }

        (await Tested.SchemaAsync()).ShouldBe(schema);
    }

    [ContractFact]
    public async Task Append_TextNoDatabaseKeeps_IsRefusedInEveryField()
    {
        foreach (string text in new[] { "nul\0inside", "\ud83d", "x\ude00y" })
        {
            InvalidHistoryException refusal = await Should.ThrowAsync<InvalidHistoryException>(
                () => Store.AppendAsync(HistoryBatch.Of(Everywhere(text))));

            refusal.Faults.Select(fault => fault.Kind).Distinct().ShouldBe(
                ["account", "lead", "touch", "attribute", "transition", "outcome"], ignoreOrder: true);
            refusal.Faults.Count.ShouldBeGreaterThanOrEqualTo(16);
        }

        (await Store.SummarizeAsync()).ShouldBe(new HistorySummary());
        (await Store.FindAccountOfLeadAsync("nul\0inside")).ShouldBeNull();
    }

    [ContractFact]
    public async Task Append_LongestKeys_AreKept()
    {
        string text = string.Concat(Enumerable.Repeat("€", HistoryBatch.LongestKey - 1));

        await Store.AppendAsync(HistoryBatch.Of(Everywhere(text)));

        ShouldBeSame((await Store.FindAccountOfLeadAsync(text))!, Everywhere(text));
    }

    private static AccountHistory Everywhere(string text)
    {
        // An attribute must have a name.
        LeadHistory drawn = new LeadBuilder(text, 1, account: text).From(text).Has(string.IsNullOrWhiteSpace(text) ? "note" : text, text)
            .Touched(text, 2, null, (text, text)).Enters(Stage.Won, 3, null, text, text).Closes(won: true, at: 3, amount: 1.10m).Build();
        return new(
            new Account { Id = text, Name = text, Domain = text, CreatedAt = Day.At(0), RecordedAt = Day.At(0) },
            [new LeadHistory(
                drawn.Lead,
                drawn.Touches.Select(touch => touch with { Id = text }),
                drawn.Attributes,
                drawn.Transitions.Select(transition => transition with { Id = text }),
                drawn.Outcomes.Select(outcome => outcome with { Id = text, Currency = text }))]);
    }
}
