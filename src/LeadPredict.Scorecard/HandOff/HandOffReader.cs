using System.Globalization;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.Reading;

namespace LeadPredict.Scorecard.HandOff;

/// <summary>Reads the definitions and tells every fault in one go.</summary>
internal sealed class HandOffReader(FaultList faults)
{
    private const int MostReasons = 100;
    private const int LongestCode = 60;
    private readonly ValueReader _values = new(faults);

    public HandOffDefinition Read(YamlMapping root, int lowest)
    {
        MappingReader block = new(root, "the definitions", faults);
        int version = _values.Whole(block.Require("version", "a whole number from 1"), "version", lowest, int.MaxValue) ?? 0;
        HandOffDefinition read = new()
        {
            Version = version,
            Name = _values.Text(block.Find("name"), "the name") ?? "",
            From = Instant(block.Find("from")),
            Stages = Stages(_values.Block(block.Find("stages"), "stages")),
            Reasons = Reasons(_values.Block(block.Require("reasons", "the reasons by action"), "reasons")),
        };
        if (_values.Block(block.Find("serviceLevels"), "serviceLevels") is { } levels)
        {
            read = read with
            {
                SqlsPerMonth = _values.Whole(levels.Find("sqlsPerMonth"), "sqlsPerMonth", 1, 1_000_000),
                FirstCallHours = _values.Number(levels.Find("firstCallHours"), "firstCallHours", 0.1, 10_000),
            };
            levels.RefuseOthers();
        }

        block.RefuseOthers();
        return read;
    }

    private DateTimeOffset? Instant(YamlNode? node)
    {
        if (node is null)
        {
            return null;
        }

        if (node is YamlScalar scalar
            && DateTimeOffset.TryParseExact(
                scalar.Value, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            return instant.ToUniversalTime();
        }

        faults.Add(node, node.Describe(), "a date such as 2025-07-01, or an instant such as 2025-07-01T00:00:00Z");
        return null;
    }

    private Dictionary<Stage, string> Stages(MappingReader? block)
    {
        var stages = new Dictionary<Stage, string>();
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            if (_values.Text(block?.Find(stage.ToString()), $"what {stage} means") is { } text)
            {
                stages[stage] = text;
            }
        }

        block?.RefuseOthers();
        return stages;
    }

    private Dictionary<HandOffAction, IReadOnlyList<HandOffReason>> Reasons(MappingReader? block)
    {
        var reasons = new Dictionary<HandOffAction, IReadOnlyList<HandOffReason>>();
        foreach (HandOffAction action in HandOffActions.All)
        {
            bool must = action is HandOffAction.Accept or HandOffAction.Reject or HandOffAction.Recycle or HandOffAction.Disqualify;
            YamlNode? node = must ? block?.Require(action.Word(), "the list of reasons, each code: text") : block?.Find(action.Word());
            if (_values.Block(node, $"the reasons to {action.Word()}") is { } list)
            {
                reasons[action] = List(list.Node, action);
            }
        }

        block?.RefuseOthers();
        return reasons;
    }

    private List<HandOffReason> List(YamlMapping list, HandOffAction action)
    {
        List<HandOffReason> reasons = [];
        if (list.Entries.Count is 0 or > MostReasons)
        {
            faults.Add(list, $"{list.Entries.Count} reasons to {action.Word()}", $"1 to {MostReasons}");
        }

        foreach ((YamlScalar key, YamlNode value) in list.Entries)
        {
            if (key.Value.Length is 0 or > LongestCode || !key.Value.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '_'))
            {
                faults.Add(key, key.Value.Length == 0 ? "the empty code" : $"the code {key.Value}", $"1 to {LongestCode} lower-case letters, digits and underscores");
                continue;
            }

            if (Reason(key.Value, value, action) is { } reason)
            {
                reasons.Add(reason);
            }
        }

        return reasons;
    }

    private HandOffReason? Reason(string code, YamlNode value, HandOffAction action)
    {
        if (value is not YamlMapping || action != HandOffAction.Reject)
        {
            return _values.Text(value, "the reason in words") is { } words
                ? new(code, words, action == HandOffAction.Reject ? Stage.Recycled : null)
                : null;
        }

        MappingReader block = _values.Block(value, code)!;
        string? text = _values.Text(block.Require("text", "the reason in words"), "the reason in words");
        YamlNode? to = block.Find("to");
        string goal = _values.Text(to, "Recycled or Disqualified") ?? nameof(Stage.Recycled);
        if (goal is not (nameof(Stage.Recycled) or nameof(Stage.Disqualified)))
        {
            faults.Add(to!, to!.Describe(), "Recycled or Disqualified");
        }

        block.RefuseOthers();
        return text is null ? null : new(code, text, goal == nameof(Stage.Disqualified) ? Stage.Disqualified : Stage.Recycled);
    }
}
