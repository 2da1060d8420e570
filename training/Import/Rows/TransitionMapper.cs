using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Makes stage transitions.</summary>
internal sealed class TransitionMapper(TransitionRecipe recipe, CellBinder binder) : EventMapper(recipe, binder)
{
    private readonly BoundCell _stage = binder.Bind(recipe.Stage)!;
    private readonly BoundCell? _actor = binder.Bind(recipe.Actor);
    private readonly BoundCell? _reason = binder.Bind(recipe.Reason);

    protected override void Add(RowContext row, string leadId, string? id, DateTimeOffset at, DateTimeOffset recordedAt)
    {
        // A word that the recipe maps to nothing tells no transition.
        if (row.Read(_stage) is not { } word)
        {
            return;
        }

        if (StageWords.Find(word) is not { } stage)
        {
            row.Reject(_stage, $"is no stage; expected {StageWords.Expected}, or map it in the recipe");
            return;
        }

        row.Rows.Add(new StageTransition
        {
            Id = id ?? ContentId.Of('s', leadId, stage.ToString(), Part(at)),
            LeadId = leadId,
            To = stage,
            OccurredAt = at,
            RecordedAt = recordedAt,
            Actor = row.Read(_actor),
            Reason = row.Read(_reason),
        });
    }
}
