using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.People;

/// <summary>The texts of a batch in which somebody's address may stand.</summary>
internal static class BatchTexts
{
    /// <summary>All of them.</summary>
    public static IEnumerable<string?> Of(HistoryBatch batch) =>
    [
        .. batch.Accounts.SelectMany(account => new[] { account.Name, account.Domain }),
        .. batch.Leads.Select(lead => lead.Source),
        .. batch.Touches.SelectMany(touch => touch.Properties.SelectMany(property => new[] { property.Key, property.Value.Text })),
        .. batch.Attributes.SelectMany(change => new[] { change.Name, change.Value.Text }),
        .. batch.Transitions.SelectMany(transition => new[] { transition.Actor, transition.Reason }),
        .. batch.Aliases.Select(alias => alias.Merge?.Reason),
    ];

    /// <summary>The batch with each of them changed.</summary>
    public static HistoryBatch With(HistoryBatch batch, Func<string, string> change)
    {
        return batch with
        {
            Accounts = [.. batch.Accounts.Select(account => account with { Name = Text(account.Name), Domain = Text(account.Domain) })],
            Leads = [.. batch.Leads.Select(lead => lead with { Source = Text(lead.Source) })],
            Touches = [.. batch.Touches.Select(touch => touch.Properties.Any(property => IsAny(property.Key) || IsAny(property.Value.Text)) ? touch with { Properties = Properties(touch) } : touch)],
            Attributes = [.. batch.Attributes.Select(row => IsAny(row.Name) || IsAny(row.Value.Text) ? row with { Name = change(row.Name), Value = Value(row.Value) } : row)],
            Transitions = [.. batch.Transitions.Select(row => row with { Actor = Text(row.Actor), Reason = Text(row.Reason) })],
            Aliases = [.. batch.Aliases.Select(alias => alias.Merge is { } merge ? alias with { Merge = merge with { Reason = change(merge.Reason) } } : alias)],
        };

        Dictionary<string, AttributeValue> Properties(Touch touch)
        {
            var properties = new Dictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);
            foreach ((string name, AttributeValue value) in touch.Properties)
            {
                properties[change(name)] = Value(value);
            }

            return properties;
        }

        string? Text(string? text) => text is null ? null : change(text);

        AttributeValue Value(AttributeValue value) => value.Text is { } text ? AttributeValue.Of(change(text)) : value;
    }

    private static bool IsAny(string? text) => text?.Contains('@', StringComparison.Ordinal) == true;
}
