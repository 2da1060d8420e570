using System.Globalization;
using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Import.Rows;

namespace LeadPredict.Training.Import.Running;

/// <content>What is told of an import beside its figures.</content>
internal sealed partial class ImportRun
{
    private void NotePlan()
    {
        _notes.AddRange(plan.RejectsOfBefore.Select(name => $"{name} is left out: an import wrote it to list its rejects"));
        if (plan.Unread.Count > 0)
        {
            string more = plan.Unread.Count > MostNamed ? $" and {plan.Unread.Count - MostNamed:N0} more" : "";
            _notes.Add($"not read, since they fit no file of {plan.Recipe.Name}: {string.Join(", ", plan.Unread.Take(MostNamed))}{more}");
        }

        if (plan.Absent.Count > 0)
        {
            _notes.Add($"not there, and done without: {string.Join(", ", plan.Absent)}");
        }
    }

    private void NoteFile(PlannedFile file, BoundFile bound)
    {
        _notes.AddRange(bound.WordsOfColumns.Select(word => $"{file.Name}: '{word}' is the value in every row; for the column write {{ column: {word} }}"));
        if (bound.Mapper.Rows.UndatedValues is > 0 and var undated)
        {
            _notes.Add($"{file.Name}: {undated:N0} values are left out, since their rows do not say when they were known");
        }

        if (bound.Mapper.Rows.UnjoinedRecords is > 0 and var unjoined)
        {
            _notes.Add($"{file.Name}: {unjoined:N0} records are left out, since no row of {string.Join(" or ", bound.Joins.Select(join => join.Name))} says which lead they are about");
        }

        foreach (JoinedFile join in bound.Joins)
        {
            if (join.Unmatched > 0)
            {
                _notes.Add($"{join.Name}: {join.Unmatched:N0} rows fit no row of {file.Name}");
            }

            if (join.Repeated > 0)
            {
                _notes.Add($"{join.Name}: {join.Repeated:N0} rows repeat a key; the first row of each key counts");
            }
        }
    }

    private void NoteFunnel(FunnelDefinition funnel, FunnelDefinition? before)
    {
        if (before is not null && before != funnel)
        {
            _notes.Add($"the funnel was {Shown(before)}; it is now {Shown(funnel)}");
        }

        if (funnel.Links is [var only])
        {
            _notes.Add($"the funnel has one link, {only.From} to {only.To} within {only.Horizon.TotalDays:0} days: there is one probability, not a chain of two");
        }

        if (funnel.Start is { } start)
        {
            _notes.Add($"stays in a stage that began before {Day(start)} are kept but not learned from");
        }
    }

    private string Shown(FunnelDefinition funnel) =>
        string.Join(", ", funnel.Links.Select(link => string.Create(CultureInfo.InvariantCulture, $"{link.From} to {link.To} within {link.Horizon.TotalDays:0.##} days")))
            + (funnel.Start is { } start ? $", from {Day(start)} on" : "");

    private string Day(DateTimeOffset start) => TimeZoneInfo.ConvertTime(start, plan.Recipe.Format.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
