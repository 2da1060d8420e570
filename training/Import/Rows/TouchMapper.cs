using LeadPredict.Funnel.Leads;
using LeadPredict.Storage;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Makes touches. Types are written as <see cref="TouchTypes.Of"/> has it, whatever the export does.</summary>
internal sealed class TouchMapper(TouchRecipe recipe, CellBinder binder) : EventMapper(recipe, binder)
{
    private readonly BoundCell _type = binder.Bind(recipe.Type)!;
    private readonly BoundCell? _json = binder.Bind(recipe.PropertiesJson);

    private readonly (string Name, BoundCell Cell, CellType Type)[] _properties =
        [.. recipe.Properties.Select(property => (property.Name, binder.Bind(property.Value)!, property.Type))];

    protected override void Add(RowContext row, string leadId, string? id, DateTimeOffset at, DateTimeOffset recordedAt)
    {
        if (row.Key(_type) is not { } word || Properties(row) is not { } properties)
        {
            return;
        }

        string type = TouchTypes.Of(word);
        if (!row.FitsKey(_type, type))
        {
            return;
        }

        // As types were once written: what was imported then is known by it, and comes no second time.
        string known = word.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        IEnumerable<string> content = properties.SelectMany(property => new[] { property.Key, property.Value.ToString() });
        row.Rows.Add(new Touch
        {
            Id = id ?? ContentId.Of('t', [leadId, known, Part(at), .. content]),
            LeadId = leadId,
            Type = type,
            OccurredAt = at,
            RecordedAt = recordedAt,
            Properties = properties,
        });
    }

    private SortedDictionary<string, AttributeValue>? Properties(RowContext row)
    {
        var properties = new SortedDictionary<string, AttributeValue>(StringComparer.OrdinalIgnoreCase);
        if (row.Read(_json) is { } json && !TouchProperties.TryRead(json, properties))
        {
            row.Reject(_json!, "is no JSON object of texts, numbers and booleans");
            return null;
        }

        foreach (string left in recipe.LeaveOut)
        {
            properties.Remove(left);
        }

        foreach ((string name, BoundCell cell, CellType type) in _properties)
        {
            if (row.Read(cell) is not { } text)
            {
                continue;
            }

            if (row.Values.Read(text, type, out string? reason) is { } value)
            {
                properties[name] = value;
            }
            else
            {
                row.Reject(cell, reason!);
            }
        }

        return properties;
    }
}
