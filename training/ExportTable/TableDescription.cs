using System.Text.Json;
using System.Text.Json.Serialization;
using LeadPredict.Features;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Training;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.ExportTable;

/// <summary>The file beside an exported table: what its columns are, and what a model learnt from it needs to be served here.</summary>
internal sealed record TableDescription
{
    private const int CurrentFormat = 1;

    // Not those that the console writes with, which take null for a number.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>The version of this form.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>What the label says.</summary>
    public required TableQuestion Question { get; init; }

    /// <summary>The steps of the question's one link.</summary>
    public required IReadOnlyList<Stage> Steps { get; init; }

    /// <summary>How long the link may take.</summary>
    public required double HorizonDays { get; init; }

    /// <summary>Episodes that opened before were left out, or null.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The history told of everything before this instant.</summary>
    public required DateTimeOffset ObservedUntil { get; init; }

    /// <summary>The first instant of the rows of side <c>calibrate</c>.</summary>
    public required DateTimeOffset CalibrateFrom { get; init; }

    /// <summary>The first instant of the rows of side <c>test</c>.</summary>
    public required DateTimeOffset TestFrom { get; init; }

    /// <summary>The rows of each side.</summary>
    public required IReadOnlyDictionary<string, int> Rows { get; init; }

    /// <summary>The converted rows of each side.</summary>
    public required IReadOnlyDictionary<string, int> Converted { get; init; }

    /// <summary>The accounts of side <c>calibrate</c>; not kept in the file.</summary>
    [JsonIgnore]
    public int CalibrateAccounts { get; init; }

    /// <summary>Which row stands on which side with which label, see <see cref="TableSides.Fingerprint"/>.</summary>
    public required string RowsFingerprint { get; init; }

    /// <summary>The columns after <c>side</c>, <c>group</c>, <c>asOf</c> and <c>label</c>.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>The feature schema in its canonical form.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>The funnel of the question.</summary>
    public FunnelDefinition Funnel() => FunnelDefinition.Create(Steps, TimeSpan.FromDays(HorizonDays), TimeSpan.FromDays(HorizonDays), Start);

    /// <summary>The schema as the extractor takes it.</summary>
    public FeatureSchema FeatureSchema() => Features.FeatureSchema.FromJson(Schema.GetRawText());

    /// <summary>The description of a table with these sides.</summary>
    public static TableDescription Of(TableQuestion question, FunnelDefinition funnel, DateTimeOffset observedUntil, DateTimeOffset testFrom, TableSides sides, FeatureSchema schema) => new()
    {
        Question = question,
        Steps = [funnel.Entry, funnel.Links[0].To],
        HorizonDays = funnel.Links[0].Horizon.TotalDays,
        Start = funnel.Start,
        ObservedUntil = observedUntil,
        CalibrateFrom = sides.CalibrateFrom,
        TestFrom = testFrom,
        Rows = CountsOf(sides),
        Converted = CountsOf(sides, row => question.Label(row) == true),
        CalibrateAccounts = sides.Calibrate.DistinctBy(row => row.Group).Count(),
        RowsFingerprint = sides.Fingerprint(question),
        Columns = TableColumns.Of(schema),
        Schema = JsonDocument.Parse(schema.ToJson()).RootElement,
    };

    /// <summary>The rows of each side by its name in the file.</summary>
    public static IReadOnlyDictionary<string, int> CountsOf(TableSides sides, Func<HistoryRow, bool>? which = null) => new SortedDictionary<string, int>(StringComparer.Ordinal)
    {
        ["train"] = sides.Train.Count(which ?? All),
        ["calibrate"] = sides.Calibrate.Count(which ?? All),
        ["test"] = sides.Test.Count(which ?? All),
    };

    /// <summary>What the import of a model learnt from this table would stumble over, a sentence each.</summary>
    public IReadOnlyList<string> Warnings()
    {
        const int needed = InsufficientExamplesException.Needed;
        int converted = Converted["calibrate"];
        int rows = Rows["calibrate"];
        return Math.Min(Math.Min(converted, rows - converted), CalibrateAccounts) >= needed
            ? []
            :
            [
                $"Of the {rows} rows of side calibrate, of {CalibrateAccounts} accounts, {converted} converted; import-model needs {needed} of either kind and {needed} "
                + "accounts to calibrate on, and would refuse. Load more history first.",
            ];
    }

    public byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ConsoleHost.JsonOptions), (byte)'\n'];

    /// <exception cref="RefusalException">It is no such file.</exception>
    public static TableDescription Read(string path)
    {
        try
        {
            TableDescription? read = JsonSerializer.Deserialize<TableDescription>(File.ReadAllBytes(path), Strict);
            return read is { Format: CurrentFormat } && read.HoldsTogether()
                ? read
                : throw new RefusalException($"{path}: found format {read?.Format} or parts that do not fit; expected format {CurrentFormat}, the file that 'export-table' writes beside its table.");
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or NotSupportedException or FeatureSchemaException)
        {
            throw new RefusalException($"{path}: {fault.Message} Expected the file that 'export-table' writes beside its table.", fault);
        }
    }

    private static bool All(HistoryRow row) => true;

    /// <summary>Whether the funnel and the schema can be made of it, and the columns are the schema's.</summary>
    private bool HoldsTogether()
    {
        FeatureSchema schema = FeatureSchema();
        TableQuestion asked = Funnel().Close is null ? TableQuestion.Sql : TableQuestion.Close;
        return asked == Question && schema.Mode == SchemaMode.History && TableColumns.Of(schema).SequenceEqual(Columns)
            && new[] { "train", "calibrate", "test" }.All(side => Rows.ContainsKey(side) && Converted.ContainsKey(side));
    }
}
