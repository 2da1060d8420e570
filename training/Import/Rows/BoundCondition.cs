using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>A condition bound to the rows of one file.</summary>
internal sealed class BoundCondition(Condition condition, BoundCell cell)
{
    public bool Holds(string?[] row)
    {
        string? value = cell.Read(row);
        bool met = value is not null
            && (condition.Is.Count == 0 || condition.Is.Contains(value, StringComparer.OrdinalIgnoreCase))
            && (condition.Stages.Count == 0 || (StageWords.Find(value) is { } stage && condition.Stages.Contains(stage)));
        return met != condition.Negated;
    }
}
