using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.People;

/// <summary>The texts of a batch in which somebody's address may stand. Identifiers, by which rows are known again, are not among them.</summary>
internal static class BatchTexts
{
    /// <summary>All of them.</summary>
    public static IEnumerable<string?> Of(HistoryBatch batch) =>
    [
        .. batch.Accounts.SelectMany(account => new[] { account.Name, account.Domain }),
        .. batch.Leads.Select(lead => lead.Source),
        .. batch.Touches.SelectMany(touch => touch.Properties.SelectMany(property => new[] { property.Key, property.Value.Text })),
        .. batch.Attributes.Select(change => change.Value.Text),
        .. batch.Transitions.SelectMany(transition => new[] { transition.Actor, transition.Reason }),
        .. batch.Aliases.Select(alias => alias.Merge?.Reason),
    ];

    /// <summary>The batch without the forgotten addresses in them.</summary>
    public static HistoryBatch With(HistoryBatch batch, Mentions mentions)
    {
        return batch with
        {
            Accounts = [.. batch.Accounts.Select(account => account with { Name = Text(account.Name), Domain = Text(account.Domain) })],
            Leads = [.. batch.Leads.Select(lead => lead with { Source = Text(lead.Source) })],
            Touches = [.. batch.Touches.Select(touch => touch with { Properties = Properties(touch) })],
            Attributes = [.. batch.Attributes.Select(row => row with { Value = Value(row.Value) })],
            Transitions = [.. batch.Transitions.Select(row => row with { Actor = Text(row.Actor), Reason = Text(row.Reason) })],
            Aliases = [.. batch.Aliases.Select(alias => alias.Merge is { } merge ? alias with { Merge = merge with { Reason = mentions.Text(merge.Reason) } } : alias)],
        };

        IReadOnlyDictionary<string, AttributeValue> Properties(Touch touch)
        {
            if (!touch.Properties.Any(property => IsAny(property.Key) || IsAny(property.Value.Text)))
            {
                return touch.Properties;
            }

            var properties = new Dictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);
            foreach ((string name, AttributeValue value) in touch.Properties)
            {
                properties[mentions.Text(name)] = Value(value);
            }

            return properties;
        }

        string? Text(string? text) => text is null ? null : mentions.Text(text);

        AttributeValue Value(AttributeValue value) => value.Text is { } text ? AttributeValue.Of(mentions.Text(text)) : value;
    }

    private static bool IsAny(string? text) => text?.Contains('@', StringComparison.Ordinal) == true;
}
