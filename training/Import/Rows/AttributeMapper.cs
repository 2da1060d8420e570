using LeadPredict.Funnel.Leads;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Makes one attribute change of a row.</summary>
/// <param name="recipe">What the change is.</param>
/// <param name="binder">Finds its columns.</param>
/// <param name="unmet">Names that have a type of their own and no change as yet; those that come are taken out.</param>
/// <param name="before">What fields were before their first change.</param>
internal sealed class AttributeMapper(AttributeRecipe recipe, CellBinder binder, HashSet<string> unmet, ValuesBefore before)
{
    private readonly BoundCell _name = binder.Bind(recipe.Name)!;
    private readonly BoundCell _value = binder.Bind(recipe.Value)!;
    private readonly BoundCell? _was = binder.Bind(recipe.Was);
    private readonly BoundCell? _knownAt = binder.Bind(recipe.KnownAt);
    private readonly BoundCell? _recordedAt = binder.Bind(recipe.RecordedAt);

    private readonly BoundCondition[] _when = [.. recipe.When.Select(condition => new BoundCondition(condition, binder.Bind(condition.Cell)!))];

    public void Map(RowContext row, RowSubject subject)
    {
        if (!_when.All(condition => condition.Holds(row.Cells)))
        {
            return;
        }

        ValueBefore? changed = recipe.IsOfCreation ? before.Find(subject.LeadId, row.Read(_name)!) : null;
        string? text = changed is { } first ? first.At(subject.CreatedAt!.Value) : row.Read(_value);
        if (text is null && !recipe.IsChange)
        {
            return;
        }

        if (row.Key(_name) is not { } name
            || !row.TryTime(_knownAt, out DateTimeOffset? knownAt)
            || !row.TryTime(_recordedAt, out DateTimeOffset? recordedAt))
        {
            return;
        }

        unmet.Remove(name);
        if (_knownAt is not null && knownAt is null)
        {
            LeaveOut(row);
            return;
        }

        if (recipe.Was is not null)
        {
            before.Note(subject.LeadId, name, knownAt!.Value, row.Read(_was));
        }

        AttributeValue? value = AttributeValue.Missing;
        if (text is not null && (value = row.Values.Read(text, recipe.Types.GetValueOrDefault(name, recipe.Type), out string? reason)) is null)
        {
            (string shown, string why) = changed is null ? (_value.Raw(row.Cells), reason!) : (text, reason + " (what it was before its first change)");
            row.Reject(_value.Column(row.Cells), shown, why);
            return;
        }

        row.Rows.Add(new AttributeChange
        {
            LeadId = subject.LeadId,
            Name = name,
            Value = value.Value,
            OccurredAt = knownAt ?? subject.CreatedAt!.Value,
            RecordedAt = recordedAt ?? knownAt ?? subject.RecordedAt!.Value,
        });
    }

    private void LeaveOut(RowContext row)
    {
        if (recipe.IsChange)
        {
            row.Reject(_knownAt!, "is missing, so that the change cannot be dated");
        }
        else
        {
            row.Rows.UndatedValues++;
        }
    }
}
