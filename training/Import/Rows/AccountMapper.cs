using LeadPredict.Funnel.Leads;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Makes the account of a row.</summary>
internal sealed class AccountMapper(AccountRecipe recipe, CellBinder binder)
{
    private readonly BoundCell _id = binder.Bind(recipe.Id)!;
    private readonly BoundCell? _name = binder.Bind(recipe.Name);
    private readonly BoundCell? _domain = binder.Bind(recipe.Domain);
    private readonly BoundCell? _createdAt = binder.Bind(recipe.CreatedAt);
    private readonly BoundCell? _recordedAt = binder.Bind(recipe.RecordedAt);

    /// <summary>Adds the account, or rejects what is wrong with it; a lead's row without one adds none.</summary>
    public void Map(RowContext row, RowSubject? subject)
    {
        if (subject is not null && row.Read(_id) is null)
        {
            return;
        }

        if (row.Id(_id) is not { } id
            || !row.TryTime(_createdAt, out DateTimeOffset? createdAt)
            || !row.TryTime(_recordedAt, out DateTimeOffset? recordedAt))
        {
            return;
        }

        if ((createdAt ?? (_createdAt is null ? subject?.CreatedAt : null)) is not { } created)
        {
            row.Reject(_createdAt!, "is missing, so that the account cannot be dated");
            return;
        }

        row.Rows.Add(new Account
        {
            Id = id,
            Name = row.Read(_name),
            Domain = row.Read(_domain),
            CreatedAt = created,
            RecordedAt = recordedAt ?? created,
        });
    }
}
