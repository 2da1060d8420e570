using LeadPredict.Api.Ingest.Mapping;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>Makes rows of history of what one delivery tells, by the source's mapping.</summary>
/// <param name="mapping">What its events, fields and stages mean.</param>
/// <param name="now">When the delivery came: when we knew, where the source kept no record of its own.</param>
internal sealed class ForeignRows(SourceMapping mapping, DateTimeOffset now)
{
    private readonly Dictionary<(string, string, DateTimeOffset, DateTimeOffset), int> _changes = [];

    public SourceMapping Mapping { get; } = mapping;

    public DateTimeOffset Now { get; } = UtcTime.Normalize(now);

    /// <summary>The lead's identifier here.</summary>
    public string Lead(string foreign) => Mapping.LeadIdPrefix + foreign;

    /// <summary>A lead comes into being; without a time at which we knew, that it was at once is supposed.</summary>
    public static void Created(IngestItem item, string leadId, DateTimeOffset at, DateTimeOffset? recorded, string? source = null, string? account = null) =>
        item.Leads.Add(new() { Id = leadId, CreatedAt = at, RecordedAt = recorded ?? at, IsRecordedSupposed = recorded is null, Source = source, AccountId = account });

    /// <summary>The lead's record is gone from the source.</summary>
    public static void Deleted(IngestItem item, string leadId, string id, DateTimeOffset at, DateTimeOffset recorded, string source, string? actor = null) =>
        item.Transitions.Add(new() { Id = id, LeadId = leadId, To = Stage.Disqualified, OccurredAt = at, RecordedAt = recorded, Actor = actor, Reason = "deleted in " + source });

    /// <summary>A field took a value: a stage entered, or an attribute changed.</summary>
    /// <param name="item">What told it.</param>
    /// <param name="place">Where it stands, for faults.</param>
    /// <param name="leadId">The lead, or another name of it.</param>
    /// <param name="field">The source's name of it.</param>
    /// <param name="value">The value; missing where it was cleared.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="recorded">When we knew.</param>
    /// <param name="key">What the change is known by.</param>
    /// <param name="actor">Who did it, or null.</param>
    /// <param name="readAt">When the value was read, where <paramref name="at"/> is only supposed; see <see cref="AttributeChange.ReadAt"/>.</param>
    public void Changed(
        IngestItem item, JsonField place, string leadId, string field, AttributeValue value, DateTimeOffset at, DateTimeOffset recorded, string key, string? actor = null,
        DateTimeOffset? readAt = null)
    {
        if (Mapping.Stages.TryGetValue(field, out IReadOnlyDictionary<string, Stage?>? stages))
        {
            if (!value.IsMissing)
            {
                Entered(item, place, leadId, stages, value.ToString(), at, recorded, key, actor);
            }
        }
        else if (Mapping.Attribute(field) is not { Name: { } name } mapped)
        {
            item.Ignored = $"The mapping leaves {field} out.";
        }
        else if (string.IsNullOrWhiteSpace(name))
        {
            place.With(item.LeftOut).Fault("a name of blanks alone", "an attribute's name");
            item.Ignored = "It has no name.";
        }
        else if (name.Length > RequestLimits.NameLength)
        {
            place.Fault("a name too long", $"at most {RequestLimits.NameLength} characters");
        }
        else if (SourceMapping.Read(value, mapped.Type, out string expected) is not { } read)
        {
            place.With(item.LeftOut).Fault($"{field} '{ShownText.Of(value.ToString())}'", expected);
            item.Ignored = $"{field} is no {mapped.Type}.";
        }
        else
        {
            item.Attributes.Add(new()
            {
                LeadId = leadId,
                Name = name,
                Value = read,
                OccurredAt = at,
                RecordedAt = readAt is null ? Apart(leadId, name, at, recorded) : recorded,
                ReadAt = readAt,
            });
        }
    }

    /// <summary>The stage that a field's value means; null where it is none, or none that is known.</summary>
    public Stage? StageOf(string field, string? word) =>
        word is not null && Mapping.Stages.TryGetValue(field, out IReadOnlyDictionary<string, Stage?>? stages) && TryStage(stages, word.Trim(), out Stage? stage) ? stage : null;

    /// <summary>An event happened.</summary>
    public void Touched(
        IngestItem item, string leadId, string foreignType, DateTimeOffset at, DateTimeOffset recorded, string id, IDictionary<string, AttributeValue> properties)
    {
        if (Mapping.TouchType(foreignType) is not { } type)
        {
            item.Ignored = $"The mapping leaves {foreignType} out.";
            return;
        }

        item.Touches.Add(new()
        {
            Id = id,
            LeadId = leadId,
            Type = type,
            OccurredAt = at,
            RecordedAt = recorded,
            Properties = properties.Where(property => !(Mapping.Attributes.TryGetValue(property.Key, out MappedField? mapped) && mapped.Name is null))
                .ToDictionary(property => property.Key, property => property.Value, StringComparer.OrdinalIgnoreCase),
        });
    }

    /// <summary>A field's value that must be a stage, or one that the mapping says is none. Words that it does not know are those that an import takes.</summary>
    private static void Entered(
        IngestItem item, JsonField place, string leadId, IReadOnlyDictionary<string, Stage?> stages, string word, DateTimeOffset at, DateTimeOffset recorded, string key, string? actor)
    {
        word = word.Trim();
        if (!TryStage(stages, word, out Stage? stage))
        {
            place.Fault(
                $"the stage '{ShownText.Of(word)}'", $"one of {string.Join(", ", stages.Keys)}; a stage's own name or short form such as SQL; or name it under stages in the ingest mapping");
        }
        else if (stage is not { } to)
        {
            item.Ignored = $"The mapping says that '{word}' is no stage.";
        }
        else
        {
            item.Transitions.Add(new() { Id = key, LeadId = leadId, To = to, OccurredAt = at, RecordedAt = recorded, Actor = actor });
        }
    }

    private static bool TryStage(IReadOnlyDictionary<string, Stage?> stages, string word, out Stage? stage) =>
        stages.TryGetValue(word, out stage) || (stage = StageWords.Find(word)) is not null;

    /// <summary>Values that came together for one instant are told apart by a microsecond, so that none is taken for another.</summary>
    private DateTimeOffset Apart(string leadId, string name, DateTimeOffset at, DateTimeOffset recorded)
    {
        var key = (leadId, name, at, recorded);
        int before = _changes.GetValueOrDefault(key);
        _changes[key] = before + 1;
        return recorded.AddMicroseconds(before);
    }
}
