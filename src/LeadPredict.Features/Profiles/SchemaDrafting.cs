namespace LeadPredict.Features.Profiles;

/// <summary>Collects features and what was left out; holds names unique and the dropped ones out.</summary>
internal sealed class SchemaDrafting(SchemaOptions options)
{
    private readonly List<FeatureDefinition> _features = [];
    private readonly List<SchemaNote> _leftOut = [];
    private readonly List<SchemaNote> _doubts = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dropped = new(options.Drop, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _droppedInVain = new(options.Drop, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds what an attribute or column becomes.</summary>
    public void Add(string name, ColumnDecision decision, ColumnProfile profile)
    {
        if (IsDropped(name))
        {
            _leftOut.Add(new(name, "dropped by request"));
            return;
        }

        (IReadOnlyList<FeatureDefinition> features, string? reason, string? doubt) = decision.Decide(name, profile);
        if (reason is not null)
        {
            _leftOut.Add(new(name, reason));
        }

        if (doubt is not null)
        {
            _doubts.Add(new(name, doubt));
        }

        foreach (FeatureDefinition feature in features)
        {
            Add(feature);
        }
    }

    public void Add(FeatureDefinition feature)
    {
        if (IsDropped(feature.Name) || IsDropped(feature.Group))
        {
            _leftOut.Add(new(feature.Name, "dropped by request"));
            return;
        }

        string name = feature.Name;
        for (int number = 2; !_names.Add(name); number++)
        {
            name = $"{feature.Name} #{number}";
        }

        _features.Add(feature with { Name = name });
    }

    public SchemaDraft Finish(SchemaMode mode, int rows)
    {
        if (_features.Count == 0)
        {
            // The label is among those that were left out by request, which nobody needs to be told of.
            string[] unfit = [.. _leftOut.Where(note => !_dropped.Contains(note.Name)).Take(10).Select(note => $"{note.Name}: {note.Reason}")];
            throw new FeatureSchemaException($"none of the columns can be a feature: {(unfit.Length == 0 ? "there is none beside the label and what was to be left out" : string.Join("; ", unfit))}");
        }

        return new(
            new(mode, _features, mode == SchemaMode.Table ? options.MissingWords : []),
            [.. _leftOut.OrderBy(note => note.Name, StringComparer.Ordinal)],
            rows)
        {
            Doubts = _doubts,
            DroppedInVain = [.. _droppedInVain.Order(StringComparer.Ordinal)],
        };
    }

    private bool IsDropped(string name)
    {
        _droppedInVain.Remove(name);
        return _dropped.Contains(name);
    }
}
