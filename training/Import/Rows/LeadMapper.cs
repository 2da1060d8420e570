using LeadPredict.Funnel.Leads;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Makes the lead of a row.</summary>
/// <param name="recipe">What the lead is.</param>
/// <param name="binder">Finds its columns.</param>
/// <param name="before">Is told of the lead and of its other names.</param>
internal sealed class LeadMapper(LeadRecipe recipe, CellBinder binder, ValuesBefore before)
{
    private readonly BoundCell _id = binder.Bind(recipe.Id)!;
    private readonly BoundCell _createdAt = binder.Bind(recipe.CreatedAt)!;
    private readonly BoundCell? _recordedAt = binder.Bind(recipe.RecordedAt);
    private readonly BoundCell? _source = binder.Bind(recipe.Source);
    private readonly BoundCell? _account = binder.Bind(recipe.Account);
    private readonly BoundCell? _accountKnownAt = binder.Bind(recipe.AccountKnownAt);

    private readonly BoundCell[] _aliases = [.. recipe.Aliases.Select(alias => binder.Bind(alias)!)];

    private readonly BoundCell? _mergedInto = binder.Bind(recipe.MergedInto);

    private readonly BoundCondition[] _when = [.. recipe.When.Select(condition => new BoundCondition(condition, binder.Bind(condition.Cell)!))];

    /// <summary>Whether the row makes a lead at all.</summary>
    public bool Concerns(RowContext row) => _when.All(condition => condition.Holds(row.Cells));

    /// <summary>Adds the lead; null after rejecting what is wrong with it.</summary>
    public RowSubject? Map(RowContext row)
    {
        if (row.Id(_id) is not { } id || !row.TryTime(_createdAt, out DateTimeOffset? createdAt))
        {
            return null;
        }

        if (createdAt is not { } created)
        {
            row.Reject(_createdAt, "is missing, so that the lead cannot be dated");
            return null;
        }

        if (!row.TryTime(_recordedAt, out DateTimeOffset? recordedAt))
        {
            return null;
        }

        (string? account, DateTimeOffset? accountKnownAt) = Account(row);
        row.Rows.Add(new Lead
        {
            Id = id,
            AccountId = account,
            AccountKnownAt = accountKnownAt,
            Source = row.Read(_source),
            CreatedAt = created,
            RecordedAt = recordedAt ?? created,
        });
        AddNames(row, id);
        return new(id, created, recordedAt ?? created);
    }

    /// <summary>The account, and since when it is known where a column says so; an account without its time is left out.</summary>
    private (string? Id, DateTimeOffset? KnownAt) Account(RowContext row)
    {
        if (row.Read(_account) is not { } account || !row.FitsId(_account!, account) || !row.TryTime(_accountKnownAt, out DateTimeOffset? knownAt))
        {
            return default;
        }

        if (_accountKnownAt is not null && knownAt is null)
        {
            row.Rows.UndatedValues++;
            return default;
        }

        return (account, knownAt);
    }

    private void AddNames(RowContext row, string id)
    {
        before.NoteLead(id);
        foreach (BoundCell cell in _aliases)
        {
            if (row.Read(cell) is { } name && name != id && row.FitsId(cell, name))
            {
                row.Rows.Aliases.Add(new(name, id));
                before.NoteAlias(name, id);
            }
        }

        if (row.Read(_mergedInto) is { } into && into != id && row.FitsId(_mergedInto!, into))
        {
            row.Rows.Merges.Add(new(id, into, recipe.MergeReason));
        }
    }
}
