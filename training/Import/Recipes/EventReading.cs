using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Cells;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>Reads what a row may tell: changes, touches, transitions, outcomes.</summary>
internal sealed class EventReading(RecipeFaults faults, IdForm ids)
{
    private readonly CellReading _cells = new(faults, ids);

    /// <summary>What a cell is to be read as; text unless said.</summary>
    public CellType Type(RecipeMap map)
    {
        if (map.Text("type") is not { } text)
        {
            return CellType.Text;
        }

        return Type(map.Value("type")!, text, "'type'");
    }

    /// <summary>The name of an attribute; one that no row can have is a fault.</summary>
    public string Attribute(YamlNode node)
    {
        string name = (node as YamlScalarNode)?.Value ?? "";
        if (string.IsNullOrWhiteSpace(name))
        {
            faults.Add(node, "an attribute has no name; expected a word");
        }
        else if (name.Length > HistoryBatch.LongestKey)
        {
            faults.Add(node, $"an attribute's name has {name.Length} characters; expected at most {HistoryBatch.LongestKey}");
        }

        return name;
    }

    private CellType Type(YamlNode node, string? text, string what)
    {
        string[] names = [.. Enum.GetNames<CellType>().Select(name => name.ToLowerInvariant())];
        int type = Array.IndexOf(names, text);
        if (type < 0)
        {
            faults.Add(node, $"{what} is '{text}'; expected one of {string.Join(", ", names)}");
        }

        return (CellType)Math.Max(type, 0);
    }

    private Dictionary<string, CellType> Types(RecipeMap map)
    {
        var types = new Dictionary<string, CellType>(StringComparer.OrdinalIgnoreCase);
        foreach ((YamlNode name, YamlNode type) in map.Mapping("types")?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>())
        {
            string attribute = (name as YamlScalarNode)?.Value ?? "";
            if (!types.TryAdd(attribute, Type(type, (type as YamlScalarNode)?.Value, $"'{attribute}' of 'types'")))
            {
                faults.Add(name, $"'types' says '{attribute}' twice; names compare without case");
            }
        }

        return types;
    }

    public AttributeRecipe? Change(YamlMappingNode node)
    {
        var map = new RecipeMap(node, faults, "a change", "name", "value", "was", "type", "types", "at", "recordedAt", "when");
        CellSource? name = Word(map, "name", required: true);
        if (name?.Constant is not null)
        {
            Attribute(map.Value("name") is YamlMappingNode told ? told.Children["value"] : map.Value("name")!);
        }

        CellSource? value = _cells.Read(map, "value", required: true);
        CellSource? was = _cells.Read(map, "was");
        CellSource? at = _cells.Read(map, "at", required: true);
        CellSource? recordedAt = _cells.Read(map, "recordedAt");
        CellType type = Type(map);
        Dictionary<string, CellType> types = Types(map);
        IReadOnlyList<Condition> when = _cells.Conditions(map);
        return name is null || value is null || at is null ? null : new(name, value, type, at, recordedAt, IsChange: true) { Was = was, Types = types, When = when };
    }

    public TouchRecipe? Touch(YamlMappingNode node)
    {
        var map = new RecipeMap(node, faults, "a touch", "id", "type", "at", "notBefore", "recordedAt", "when", "properties", "propertiesJson", "leaveOut");
        CellSource? type = Word(map, "type", required: true);
        CellSource? at = _cells.Read(map, "at", required: true);
        var touch = new TouchRecipe
        {
            Place = RecipeFaults.PlaceOf(node),
            Id = _cells.Id(map, "id"),
            Type = type ?? Nothing,
            At = at ?? Nothing,
            NotBefore = _cells.Read(map, "notBefore"),
            RecordedAt = _cells.Read(map, "recordedAt"),
            When = _cells.Conditions(map),
            Properties = [.. Properties(map)],
            PropertiesJson = _cells.Read(map, "propertiesJson"),
            LeaveOut = map.Words("leaveOut") ?? [],
        };
        return type is null || at is null ? null : touch;
    }

    public TransitionRecipe? Transition(YamlMappingNode node)
    {
        var map = new RecipeMap(node, faults, "a transition", "id", "stage", "at", "notBefore", "recordedAt", "when", "actor", "reason");
        CellSource? stage = _cells.Read(map, "stage", required: true, constant: true);
        CellSource? at = _cells.Read(map, "at", required: true);
        foreach (string? word in (stage?.All ?? []).SelectMany(source => new[] { source.Constant }.Concat(source.Map?.Values ?? [])).Where(word => word is not null))
        {
            if (StageWords.Find(word!) is null)
            {
                faults.Add(map.Value("stage")!, $"'{word}' is no stage; expected {StageWords.Expected}");
            }
        }

        var transition = new TransitionRecipe
        {
            Place = RecipeFaults.PlaceOf(node),
            Id = _cells.Id(map, "id"),
            Stage = stage ?? Nothing,
            At = at ?? Nothing,
            NotBefore = _cells.Read(map, "notBefore"),
            RecordedAt = _cells.Read(map, "recordedAt"),
            When = _cells.Conditions(map),
            Actor = _cells.Read(map, "actor"),
            Reason = _cells.Read(map, "reason"),
        };
        return stage is null || at is null ? null : transition;
    }

    public OutcomeRecipe? Outcome(YamlMappingNode node)
    {
        var map = new RecipeMap(node, faults, "an outcome", "id", "won", "at", "notBefore", "recordedAt", "when", "amount", "currency");
        CellSource? won = Word(map, "won", required: true);
        CellSource? currency = Word(map, "currency");
        CellSource? at = _cells.Read(map, "at", required: true);
        Demand(map, "won", won, word => ValueReader.Boolean(word) is not null, $"does not say whether the deal was won; expected {ValueReader.ExpectedBoolean}");
        Demand(map, "currency", currency, CurrencyCode.Is, "is no currency; expected a code of ISO 4217 such as EUR");
        var outcome = new OutcomeRecipe
        {
            Place = RecipeFaults.PlaceOf(node),
            Id = _cells.Id(map, "id"),
            Won = won ?? Nothing,
            At = at ?? Nothing,
            NotBefore = _cells.Read(map, "notBefore"),
            RecordedAt = _cells.Read(map, "recordedAt"),
            When = _cells.Conditions(map),
            Amount = _cells.Read(map, "amount"),
            Currency = currency,
        };
        return won is null || at is null ? null : outcome;
    }

    /// <summary>A source of which a plain word is the value itself.</summary>
    private CellSource? Word(RecipeMap map, string key, bool required = false) =>
        _cells.Read(map, key, required, constant: true) is { } source ? source with { IsWord = map.Value(key) is YamlScalarNode } : null;

    /// <summary>Demands of a constant, and of what words of a column mean, that it is such a value.</summary>
    private void Demand(RecipeMap map, string key, CellSource? source, Predicate<string> isValue, string problem)
    {
        foreach (CellSource one in source?.All ?? [])
        {
            if (one.Constant is { } constant && !isValue(constant))
            {
                faults.Add(map.Value(key)!, $"'{constant}' {problem}; for the column write {{ column: {constant} }}");
            }

            foreach (string? meaning in one.Map?.Values.Where(meaning => meaning is not null && !isValue(meaning)) ?? [])
            {
                faults.Add(map.Value(key)!, $"'{meaning}' {problem}");
            }
        }
    }

    private static CellSource Nothing { get; } = new(default, null, "", null);

    private IEnumerable<(string Name, CellSource Value, CellType Type)> Properties(RecipeMap touch)
    {
        foreach ((YamlNode key, YamlNode value) in touch.Mapping("properties")?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>())
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            if (_cells.Read(value, $"property '{name}'", constant: false, "type") is { } source)
            {
                CellType type = value is YamlMappingNode node
                    ? Type(new(node, faults, $"property '{name}'", [.. CellReading.Keys, "type"]))
                    : CellType.Text;
                yield return (name, source, type);
            }
        }
    }
}
