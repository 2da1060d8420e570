using LeadPredict.Learning.Binning;
using LeadPredict.Learning.Models;
using LeadPredict.Learning.Tables;
using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class TreeGrowerTests
{
    [Fact]
    public void Grow_PlantedTree_IsFound()
    {
        // code in {3, 5} -> 4; else missing or small number -> -2; else 1.
        static double Planted(float[] row) => row[2] is 3 or 5 ? 4 : float.IsNaN(row[1]) || row[1] < 3 ? -2 : 1;
        FeatureTable features = PlantedRows.Features(2000, 1);
        (GrownTree tree, BinnedTable table) = Grow(features, Planted, new GrowthRules { Leaves = 3, L2 = 0, CategoryL2 = 0, CategorySmoothing = 0, LearningRate = 1 });
        TreeEnsemble served = new EnsembleBuilder(table).Build([tree], 1);
        served.Arrays.Feature.Count(feature => feature < 0).ShouldBe(3);
        var row = new float[3];
        for (int i = 0; i < features.RowCount; i++)
        {
            features.CopyRow(i, row);
            // Within two units of the derivatives.
            served.Score(row).ShouldBe(Planted(row), 16.0 / (1 << 14));
        }
    }

    [Fact]
    public void Build_ServedTree_ScoresAsTheGrownOneAndCoversAddUp()
    {
        FeatureTable features = PlantedRows.Features(3000, 2);
        (GrownTree tree, BinnedTable table) = Grow(features, PlantedRows.Curved, new GrowthRules { Leaves = 40, MinLeafSamples = 5 });
        TreeEnsemble served = new EnsembleBuilder(table).Build([tree], 1);
        var row = new float[3];
        for (int i = 0; i < features.RowCount; i++)
        {
            features.CopyRow(i, row);
            served.Score(row).ShouldBe(tree.Walk(table, i));
        }

        TreeArrays arrays = served.Arrays;
        arrays.Cover[0].ShouldBe(3000);
        for (int node = 0; node < arrays.Feature.Length; node++)
        {
            if (arrays.Feature[node] >= 0)
            {
                (arrays.Cover[arrays.Left[node]] + arrays.Cover[arrays.Right[node]]).ShouldBe(arrays.Cover[node], 1e-6);
            }
            else
            {
                arrays.Cover[node].ShouldBeGreaterThanOrEqualTo(5);
            }
        }
    }

    [Fact]
    public void Grow_TooFewRowsForTwoLeaves_IsOneLeaf()
    {
        (GrownTree tree, _) = Grow(PlantedRows.Features(39, 3), PlantedRows.Curved, new GrowthRules());
        tree.Nodes.Count.ShouldBe(1);
    }

    private static (GrownTree Tree, BinnedTable Table) Grow(FeatureTable features, Func<float[], double> target, GrowthRules rules)
    {
        BinnedTable table = BinnedTable.Of(features);
        var gradients = new float[features.RowCount];
        var row = new float[features.Columns.Count];
        for (int i = 0; i < gradients.Length; i++)
        {
            features.CopyRow(i, row);
            gradients[i] = (float)-target(row);
        }

        SumScale scale = SumScale.For(gradients.Length, 8, 1);
        float[] ones = [.. Enumerable.Repeat(1f, gradients.Length)];
        int[] rows = [.. Enumerable.Range(0, gradients.Length)];
        AlignedArray<RowDerivatives> derivatives = DrawnDerivatives.Of([.. gradients.Select(gradient => (double)gradient)], _ => 1, scale);
        return (new TreeGrower(table, ones, scale, rules).Grow(rows, rows.Length, derivatives, [0, 1, 2]), table);
    }
}
