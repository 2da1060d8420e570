using System.Globalization;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>What a row tells besides the lead: whether it does, when, and under which identifier.</summary>
internal abstract class EventMapper(EventRecipe recipe, CellBinder binder)
{
    private readonly BoundCell? _id = binder.Bind(recipe.Id);
    private readonly BoundCell _at = binder.Bind(recipe.At)!;
    private readonly BoundCell? _notBefore = binder.Bind(recipe.NotBefore);
    private readonly BoundCell? _recordedAt = binder.Bind(recipe.RecordedAt);
    private readonly BoundCondition[] _when = [.. recipe.When.Select(condition => new BoundCondition(condition, binder.Bind(condition.Cell)!))];

    /// <summary>Adds the event when the row tells one.</summary>
    /// <remarks>
    /// Without a time the row tells none: a lead's row may have a column for a step never taken. Where the row is the event
    /// itself, or a condition says that it happened, the time is demanded.
    /// </remarks>
    public void Map(RowContext row, RowSubject subject)
    {
        if (!_when.All(condition => condition.Holds(row.Cells)) || !row.TryTime(_at, out DateTimeOffset? at))
        {
            return;
        }

        if (at is null)
        {
            if (subject.CreatedAt is null || _when.Length > 0)
            {
                row.Reject(_at, "is missing, so that what happened cannot be dated");
            }

            return;
        }

        if (!row.TryTime(_notBefore, out DateTimeOffset? earliest) || !row.TryTime(_recordedAt, out DateTimeOffset? recordedAt))
        {
            return;
        }

        DateTimeOffset happened = earliest > at ? earliest.Value : at.Value;

        string? id = row.Read(_id);
        if (id is null || row.FitsId(_id!, id))
        {
            Add(row, subject.LeadId, id, happened, recordedAt ?? happened);
        }
    }

    /// <summary>Adds the event; a null <paramref name="id"/> is to be derived from the content.</summary>
    protected abstract void Add(RowContext row, string leadId, string? id, DateTimeOffset at, DateTimeOffset recordedAt);

    /// <summary>An instant as a part of a derived identifier.</summary>
    protected static string Part(DateTimeOffset at) => at.UtcTicks.ToString(CultureInfo.InvariantCulture);
}
