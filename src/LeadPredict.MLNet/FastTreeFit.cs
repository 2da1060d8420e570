using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Training;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace LeadPredict.MLNet;

/// <summary>Fits Microsoft.ML's FastTree to rows of a table.</summary>
/// <remarks>One thread a fit, so that the same rows give the same trees.</remarks>
public sealed class FastTreeFit
{
    private readonly MLContext _context;
    private readonly SlotLayout _layout;
    private readonly FastTreeBinaryTrainer.Options _options;

    /// <summary>Takes over the options that FastTree knows; the others have no part in it.</summary>
    /// <param name="layout">Of the table's columns.</param>
    /// <param name="options">Trees (100 unless set), leaves (20), learning rate (0.2), rows in a leaf and seed.</param>
    public FastTreeFit(SlotLayout layout, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _layout = layout;
        _context = new MLContext(options.Seed);
        _options = new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = nameof(SlotRow.Label),
            FeatureColumnName = nameof(SlotRow.Features),
            ExampleWeightColumnName = nameof(SlotRow.Weight),
            NumberOfTrees = options.Trees ?? 100,
            NumberOfLeaves = options.Leaves ?? 20,
            LearningRate = options.LearningRate ?? 0.2,
            MinimumExampleCountPerLeaf = options.MinLeafSamples,
            FeatureFraction = options.ColumnShare ?? 1,
            NumberOfThreads = 1,
            Seed = options.Seed,
            FeatureSelectionSeed = options.Seed,
        };
    }

    /// <summary>Fits the rows named.</summary>
    /// <param name="table">Features, labels and weights.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <returns>The trained transformer, and the context and schema to save it with.</returns>
    public (BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Model, MLContext Context, DataViewSchema Schema) Fit(
        TrainingTable table, int[] rows)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        var schema = SchemaDefinition.Create(typeof(SlotRow));
        schema[nameof(SlotRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, _layout.Count);
        IDataView data = _context.Data.LoadFromEnumerable(Rows(table, rows), schema);
        return (_context.BinaryClassification.Trainers.FastTree(_options).Fit(data), _context, data.Schema);
    }

    private SlotRow[] Rows(TrainingTable table, int[] rows)
    {
        var row = new float[table.Features.Columns.Count];
        return [.. rows.Select(index =>
        {
            table.Features.CopyRow(index, row);
            var slots = new float[_layout.Count];
            _layout.Fill(row, slots);
            return new SlotRow { Label = table.Labels[index] == 1, Weight = table.Weights[index], Features = slots };
        })];
    }
}
