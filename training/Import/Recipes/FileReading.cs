using YamlDotNet.RepresentationModel;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>Reads one entry of <c>files</c>.</summary>
internal sealed class FileReading(RecipeFaults faults, IdForm ids)
{
    private readonly CellReading _cells = new(faults, ids);
    private readonly EventReading _events = new(faults, ids);

    public FileRecipe? Read(YamlMappingNode node)
    {
        var map = new RecipeMap(
            node, faults, "a file", "file", "except", "optional", "join", "leadId", "lead", "account", "attributes", "changes", "touches", "transitions", "outcomes");
        string? pattern = Pattern(map);
        var aliases = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        JoinRecipe[] joins = [.. map.Mappings("join").Select(join => Join(join, aliases)).OfType<JoinRecipe>()];
        LeadRecipe? lead = map.Mapping("lead") is { } leadNode ? Lead(leadNode) : null;
        bool rows = new[] { "attributes", "changes", "touches", "transitions", "outcomes" }.Any(map.Has);
        if (map.Has("lead") && map.Has("leadId"))
        {
            faults.Add(map.Value("leadId")!, "a file has 'lead' (its rows make leads) or 'leadId' (its rows are about leads), not both");
        }
        else if (rows && !map.Has("lead") && !map.Has("leadId"))
        {
            faults.Add(node, "a file whose rows are about leads needs 'lead' or 'leadId'");
        }
        else if (!rows && !map.Has("lead") && !map.Has("account"))
        {
            faults.Add(node, "a file needs something that its rows are: lead, account, attributes, changes, touches, transitions or outcomes");
        }

        var file = new FileRecipe
        {
            Pattern = pattern ?? "",
            Except = map.Words("except") ?? [],
            Place = RecipeFaults.PlaceOf(node),
            Optional = map.Flag("optional"),
            Joins = joins,
            LeadId = _cells.Id(map, "leadId"),
            Lead = lead,
            Account = map.Mapping("account") is { } account ? Account(account, map.Has("lead")) : null,
            Attributes = [.. Attributes(map, joins), .. map.Mappings("changes").Select(_events.Change).OfType<AttributeRecipe>()],
            Touches = [.. map.Mappings("touches").Select(_events.Touch).OfType<TouchRecipe>()],
            Transitions = [.. map.Mappings("transitions").Select(_events.Transition).OfType<TransitionRecipe>()],
            Outcomes = [.. map.Mappings("outcomes").Select(_events.Outcome).OfType<OutcomeRecipe>()],
        };
        return pattern is null ? null : file;
    }

    private string? Pattern(RecipeMap map)
    {
        string? pattern = map.Text("file", required: true);
        if (pattern is not null && (pattern.Length == 0 || Path.IsPathRooted(pattern) || pattern.Split('/', '\\').Contains("..")))
        {
            faults.Add(map.Value("file")!, $"'{pattern}' must be a file's name or pattern inside the folder that is imported");
        }

        return pattern;
    }

    private JoinRecipe? Join(YamlMappingNode node, HashSet<string> aliases)
    {
        var map = new RecipeMap(node, faults, "a join", "file", "as", "key", "equals", "knownAt", "optional");
        string? pattern = Pattern(map);
        string? alias = map.Text("as", required: true);
        if (alias is not null && !aliases.Add(alias))
        {
            faults.Add(map.Value("as")!, $"two joins of a file are called '{alias}', of which the columns of one would not be found; expected names that differ in more than case");
        }

        string[] keys = map.Value("key", required: true) is null ? [] : [.. map.Words("key")!];
        if (map.Has("key") && keys.Length == 0)
        {
            faults.Add(map.Value("key")!, "'key' of a join must name its key column, or list names of which the first that is there is taken");
        }

        CellSource? equalTo = _cells.Id(map, "equals");
        CellSource? knownAt = null;
        if (map.Value("knownAt") is not { } known)
        {
            faults.Add(node, "a join needs 'knownAt': the column that says when its columns were known, or 'creation' when they were known with the lead");
        }
        else if (known is not YamlScalarNode { Value: "creation" })
        {
            knownAt = _cells.Read(map, "knownAt");
        }

        return pattern is null || alias is null || keys.Length == 0 ? null : new()
        {
            Pattern = pattern,
            Place = RecipeFaults.PlaceOf(node),
            Optional = map.Flag("optional"),
            Alias = alias,
            Keys = keys,
            EqualTo = equalTo ?? new(RecipeFaults.PlaceOf(node), keys[0], null, null) { Or = keys[1..], Form = ids },
            KnownAt = knownAt,
        };
    }

    private LeadRecipe? Lead(YamlMappingNode node)
    {
        var map = new RecipeMap(node, faults, "lead", "id", "createdAt", "recordedAt", "source", "account", "when", "aliases", "mergedInto");
        CellSource? id = _cells.Id(map, "id", required: true);
        CellSource? createdAt = _cells.Read(map, "createdAt", required: true);
        CellSource? recordedAt = _cells.Read(map, "recordedAt");
        CellSource? source = _cells.Read(map, "source");
        YamlNode? company = map.Value("account");
        CellSource? account = company is null ? null : _cells.Read(company, "'account'", constant: false, "knownAt");
        CellSource? accountKnownAt = company is YamlMappingNode known ? _cells.Read(new RecipeMap(known, faults, "'account'", [.. CellReading.Keys, "knownAt"]), "knownAt") : null;
        IReadOnlyList<Condition> when = _cells.Conditions(map);
        CellSource[] aliases = [.. map.Items("aliases").Select(Alias).OfType<CellSource>()];
        if (id is null || createdAt is null)
        {
            return null;
        }

        var lead = new LeadRecipe(id, createdAt, recordedAt, source, account) { AccountKnownAt = accountKnownAt, When = when, Aliases = aliases };
        return map.Value("mergedInto") is { } merged ? Merged(lead, merged) : lead;
    }

    private CellSource? Alias(YamlNode node) => OfColumn(node, "an alias", _cells.Id(node, "an alias"));

    private LeadRecipe Merged(LeadRecipe lead, YamlNode node)
    {
        const string what = "'mergedInto'";
        string? reason = node is YamlMappingNode mapping ? new RecipeMap(mapping, faults, what, [.. CellReading.Keys, "reason"]).Text("reason") : null;
        return lead with { MergedInto = OfColumn(node, what, _cells.Id(node, what, "reason")), MergeReason = reason ?? lead.MergeReason };
    }

    private CellSource? OfColumn(YamlNode node, string what, CellSource? source)
    {
        if (source is { Column: null })
        {
            faults.Add(node, $"{what} would be the same for every lead; expected a column");
            return null;
        }

        return source;
    }

    private AccountRecipe? Account(YamlMappingNode node, bool besideLead)
    {
        var map = new RecipeMap(node, faults, "account", "id", "name", "domain", "createdAt", "recordedAt");
        CellSource? id = _cells.Read(map, "id", required: true);
        CellSource? createdAt = _cells.Read(map, "createdAt", required: !besideLead);
        return id is null ? null : new(
            id, _cells.Read(map, "name"), _cells.Read(map, "domain"), createdAt, _cells.Read(map, "recordedAt"));
    }

    private IEnumerable<AttributeRecipe> Attributes(RecipeMap file, JoinRecipe[] joins)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((YamlNode key, YamlNode value) in file.Mapping("attributes")?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>())
        {
            string name = _events.Attribute(key);
            if (!names.Add(name))
            {
                faults.Add(key, $"a file has the attribute '{name}' twice; names compare without case");
            }

            if (_cells.Read(value, $"attribute '{name}'", constant: false, "type", "knownAt", "recordedAt") is not { } source)
            {
                continue;
            }

            CellType type = CellType.Text;
            CellSource? knownAt = null;
            CellSource? recordedAt = null;
            if (value is YamlMappingNode node)
            {
                var map = new RecipeMap(node, faults, $"attribute '{name}'", [.. CellReading.Keys, "type", "knownAt", "recordedAt"]);
                type = _events.Type(map);
                knownAt = _cells.Read(map, "knownAt");
                recordedAt = _cells.Read(map, "recordedAt");
            }

            JoinRecipe?[] origins = [.. source.All.Where(one => one.Column is not null)
                .Select(one => joins.FirstOrDefault(join => one.Column!.StartsWith(join.Alias + ".", StringComparison.OrdinalIgnoreCase))).Distinct()];
            if (origins.Length > 1 && knownAt is null)
            {
                faults.Add(key, $"attribute '{name}' needs 'knownAt', since its columns are of several files");
            }

            knownAt ??= origins.FirstOrDefault()?.KnownAt;
            if (knownAt is null && !file.Has("lead"))
            {
                faults.Add(key, $"attribute '{name}' needs 'knownAt', since the file's rows do not make the lead");
            }

            yield return new(new(RecipeFaults.PlaceOf(key), null, name, null), source, type, knownAt, recordedAt);
        }
    }
}
