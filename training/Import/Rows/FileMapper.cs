using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Rows;

/// <summary>Turns the records of one file into history, by the recipe bound to the file's header.</summary>
internal sealed class FileMapper
{
    private readonly RowContext _row;
    private readonly IReadOnlyList<JoinedFile> _joins;
    private readonly BoundCell? _leadId;
    private readonly LeadMapper? _lead;
    private readonly AccountMapper? _account;
    private readonly AttributeMapper[] _attributes;
    private readonly EventMapper[] _events;
    private readonly int _width;

    public FileMapper(string file, RecipeFormat format, FileRecipe recipe, CellBinder binder, IReadOnlyList<JoinedFile> joins)
    {
        _row = new(file, format, Rows);
        _joins = joins;
        _leadId = binder.Bind(recipe.LeadId);
        _lead = recipe.Lead is { } lead ? new(lead, binder) : null;
        _account = recipe.Account is { } account ? new(account, binder) : null;
        _attributes = [.. recipe.Attributes.Select(attribute => new AttributeMapper(attribute, binder))];
        _events =
        [
            .. recipe.Touches.Select(touch => new TouchMapper(touch, binder)),
            .. recipe.Transitions.Select(transition => new TransitionMapper(transition, binder)),
            .. recipe.Outcomes.Select(outcome => new OutcomeMapper(outcome, binder)),
        ];
        _width = binder.Width;
    }

    /// <summary>What the records became.</summary>
    public MappedRows Rows { get; } = new();

    public void Map(CsvRecord record)
    {
        if (record.Problem is { } problem)
        {
            _row.Begin(record.Line, record.Fields);
            _row.Reject("", string.Join(',', record.Fields), problem);
            Rows.RejectedRecords++;
            return;
        }

        _row.Begin(record.Line, Joined(record.Fields));
        if (_lead?.Concerns(_row) == false)
        {
            return;
        }

        RowSubject? subject = _lead is not null ? _lead.Map(_row) : About();
        bool account = _account is null || ((subject is not null || !NeedsLead) && _account.Map(_row, subject));
        if (NeedsLead ? subject is null : !account)
        {
            Rows.RejectedRecords++;
        }
        else if (subject is not null)
        {
            Tell(subject);
        }
    }

    private bool NeedsLead => _lead is not null || _leadId is not null;

    private void Tell(RowSubject subject)
    {
        foreach (AttributeMapper attribute in _attributes)
        {
            attribute.Map(_row, subject);
        }

        foreach (EventMapper happened in _events)
        {
            happened.Map(_row, subject);
        }
    }

    private RowSubject? About()
    {
        if (_leadId is null || _row.Key(_leadId) is not { } id)
        {
            return null;
        }

        _row.Mention(_leadId, id);
        return new(id, null, null);
    }

    private string?[] Joined(string[] fields)
    {
        if (_joins.Count == 0)
        {
            return fields;
        }

        string?[] cells = new string?[_width];
        fields.CopyTo(cells, 0);
        foreach (JoinedFile join in _joins)
        {
            join.Fill(cells);
        }

        return cells;
    }
}
