using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Cells;
using LeadPredict.Training.Import.Recipes;
using LeadPredict.Training.Import.Rows;

namespace LeadPredict.Training.Import.Running;

/// <summary>An open file with the recipe bound to its header.</summary>
internal sealed class BoundFile : IDisposable
{
    private readonly CsvTable _table;

    private BoundFile(CsvTable table, FileMapper mapper, IReadOnlyList<JoinedFile> joins, IReadOnlyCollection<string> words)
    {
        _table = table;
        Mapper = mapper;
        Joins = joins;
        WordsOfColumns = words;
    }

    public FileMapper Mapper { get; }

    public IReadOnlyList<JoinedFile> Joins { get; }

    /// <summary>Plain words of the recipe that are values though a column is called so.</summary>
    public IReadOnlyCollection<string> WordsOfColumns { get; }

    /// <summary>Opens a file and the files joined to it; columns that are not there go to the faults.</summary>
    public static BoundFile Open(PlannedFile file, RecipeFormat format, List<RecipeFault> faults, ToldDeals deals, ValuesBefore before)
    {
        CsvTable table = CsvTable.Open(file.Path, format.Csv);
        try
        {
            var binder = new CellBinder(file.Name, table.Header, format.Csv.Missing, faults);
            JoinedFile[] joins = [.. file.Joins.Select(join => JoinedFile.Load(join.Path, join.Name, join.Recipe, format.Csv, binder, faults))];
            return new(table, new FileMapper(file.Name, format, file.Recipe, binder, joins, deals, before), joins, binder.WordsOfColumns);
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Maps the records one after the other; what they became waits in the mapper.</summary>
    public IEnumerable<CsvRecord> Map()
    {
        foreach (CsvRecord record in _table.Records())
        {
            Mapper.Map(record);
            yield return record;
        }
    }

    public void Dispose() => _table.Dispose();
}
