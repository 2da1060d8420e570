using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Format;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Features;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Scoring.Engines;
using LeadPredict.Testing;

namespace LeadPredict.Scoring.Tests.Changes;

/// <summary>Models for leads made up of everything that a snapshot can tell, with trees and linear terms drawn from a seed.</summary>
public sealed class PublishedModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public async Task<CompiledModel> SmallAsync(double intercept = -1, FunnelDefinition? funnel = null) =>
        await PublishAsync(SmallModels.Draft(funnel: funnel, intercept: intercept));

    /// <summary>A model that reads all features of these accounts, but for those named.</summary>
    public async Task<CompiledModel> RichAsync(string name, IReadOnlyList<AccountHistory> accounts, int seed, params string[] drop)
    {
        IEnumerable<Snapshot> snapshots = accounts.SelectMany(account => account.Leads.Select(lead => Snapshot.Take(account, lead, Day.At(RandomHistories.Days))));
        FeatureSchema schema = FeatureSchemaBuilder.FromSnapshots(snapshots, new SchemaOptions { Drop = drop }).Schema;
        var random = new Random(seed);
        return await PublishAsync(SmallModels.Draft(name) with
        {
            Schema = schema,
            Sql = Drawn(schema, random),
            CloseGivenSql = Drawn(schema, random),
        });
    }

    private async Task<CompiledModel> PublishAsync(ArtifactDraft draft)
    {
        var repository = new ModelRepository(_folder.Path);
        int version = await repository.PublishAsync(draft);
        return new(repository.Load(draft.Name, version));
    }

    private static ScoreModel Drawn(FeatureSchema schema, Random random)
    {
        IReadOnlyList<FeatureColumn> columns = SchemaColumns.Of(schema);
        double Number() => (2 * random.NextDouble()) - 1;
        return new(
            columns,
            new TreeEnsemble(Stumps(columns, Number, random)),
            new LinearTerms([.. columns.Select(LinearTerm (column) => column.Kind == ColumnKind.Categorical
                ? new CategoricalTerm([.. Enumerable.Range(0, column.Cardinality).Select(_ => Number())], Number(), Number())
                : new NumericTerm([0.0, 10.0, 100.0], [Number(), Number(), Number()], Number(), Number()))]),
            1.3,
            0.1,
            Number(),
            new SigmoidCurve(0.9, 0.1),
            IntervalTable.Unknown);
    }

    /// <summary>Trees of two questions each: the first column of a pair, then the second.</summary>
    private static TreeArrays Stumps(IReadOnlyList<FeatureColumn> columns, Func<double> number, Random random)
    {
        int trees = columns.Count - 1;
        int At(int tree, int node) => (5 * tree) + node;
        bool IsCategory(int node) => columns[(node / 5) + (node % 5)].Kind == ColumnKind.Categorical;
        int[] nodes = [.. Enumerable.Range(0, 5 * trees)];
        return new()
        {
            TreeStarts = [.. Enumerable.Range(0, trees + 1).Select(tree => 5 * tree)],
            Feature = [.. nodes.Select(node => node % 5 < 2 ? (node / 5) + (node % 5) : -1)],
            Threshold = [.. nodes.Select(node => node % 5 < 2 && !IsCategory(node) ? random.Next(1, 60) / 2f : 0)],
            Left = [.. nodes.Select(node => (node % 5) switch { 0 => At(node / 5, 1), 1 => At(node / 5, 2), _ => -1 })],
            Right = [.. nodes.Select(node => (node % 5) switch { 0 => At(node / 5, 4), 1 => At(node / 5, 3), _ => -1 })],
            DefaultLeft = [.. nodes.Select(node => node % 5 < 2 && random.Next(2) == 0)],
            CategoryStart = [.. nodes.Select(node => node % 5 < 2 && IsCategory(node) ? 0 : -1)],
            CategoryWords = [1, 0b0101_1010],
            Value = [.. nodes.Select(node => node % 5 < 2 ? 0 : number())],
            Cover = [.. nodes.Select(_ => 1 + random.NextDouble())],
        };
    }
}
