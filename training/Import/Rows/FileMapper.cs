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

    public FileMapper(string file, RecipeFormat format, FileRecipe recipe, CellBinder binder, IReadOnlyList<JoinedFile> joins, ToldDeals deals, ValuesBefore before)
    {
        _row = new(file, format, Rows);
        _joins = joins;
        _leadId = binder.Bind(recipe.LeadId);
        _lead = recipe.Lead is { } lead ? new(lead, binder, before) : null;
        _account = recipe.Account is { } account ? new(account, binder) : null;
        UnmetTypes = new(recipe.Attributes.SelectMany(attribute => attribute.Types.Keys), StringComparer.OrdinalIgnoreCase);
        _attributes = [.. recipe.Attributes.Select(attribute => new AttributeMapper(attribute, binder, UnmetTypes, before))];
        _events =
        [
            .. recipe.Touches.Select(touch => new TouchMapper(touch, binder)),
            .. recipe.Transitions.Select(transition => new TransitionMapper(transition, binder)),
            .. recipe.Outcomes.Select(outcome => new OutcomeMapper(outcome, binder, deals)),
        ];
        _width = binder.Width;
    }

    /// <summary>What the records became.</summary>
    public MappedRows Rows { get; } = new();

    /// <summary>Names to which the recipe gives a type, and which no change of the records has as yet.</summary>
    public HashSet<string> UnmetTypes { get; }

    public void Map(CsvRecord record)
    {
        (int rows, int rejects) = (Rows.Count, Rows.Rejects.Count);
        Take(record);
        if (Rows.Count == rows && Rows.Rejects.Count > rejects)
        {
            Rows.RejectedRecords++;
        }
    }

    private void Take(CsvRecord record)
    {
        if (record.Problem is { } problem)
        {
            _row.Begin(record.Line, record.Fields);
            _row.Reject("", string.Join(',', record.Fields), problem);
            return;
        }

        _row.Begin(record.Line, Joined(record.Fields));
        if (_lead?.Concerns(_row) == false)
        {
            return;
        }

        if (_leadId is { } owner && owner.Place >= record.Fields.Length && _row.Read(owner) is null)
        {
            Rows.UnjoinedRecords++;
            return;
        }

        RowSubject? subject = _lead is not null ? _lead.Map(_row) : About();
        if (subject is not null || (_lead is null && _leadId is null))
        {
            _account?.Map(_row, subject);
        }

        if (subject is not null)
        {
            Tell(subject);
        }
    }

    private void Tell(RowSubject subject)
    {
        int before = Rows.Count;
        foreach (AttributeMapper attribute in _attributes)
        {
            attribute.Map(_row, subject);
        }

        foreach (EventMapper happened in _events)
        {
            happened.Map(_row, subject);
        }

        if (_leadId is not null && Rows.Count > before)
        {
            _row.Mention(_leadId, subject.LeadId);
        }
    }

    private RowSubject? About() => _leadId is not null && _row.Id(_leadId) is { } id ? new(id, null, null) : null;

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
