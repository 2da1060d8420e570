using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Tests.Tables;

public sealed class FeatureTableTests
{
    private static readonly FeatureColumn[] Columns = [new("n", ColumnKind.Numeric), new("c", ColumnKind.Categorical, 3)];

    [Fact]
    public void Select_RowsOutOfOrder_TakesThemInTheOrderNamed()
    {
        var table = new FeatureTable(Columns, [[1, 2, float.NaN], [0, 1, 2]]);
        FeatureTable selected = table.Select([2, 0, 0]);
        var row = new float[2];
        selected.CopyRow(1, row);
        row.ShouldBe([1f, 0f]);
        selected.RowCount.ShouldBe(3);
        float.IsNaN(selected.Column(0)[0]).ShouldBeTrue();
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 0f, "n")]
    [InlineData(0f, 3f, "c")]
    [InlineData(0f, -1f, "c")]
    [InlineData(0f, 0.5f, "c")]
    public void Constructor_ValueOutsideItsColumn_NamesColumnAndRow(float number, float code, string column)
    {
        var refusal = Should.Throw<TableShapeException>(() => new FeatureTable(Columns, [[0, number], [0, code]]));
        refusal.Column.ShouldBe(column);
        refusal.Row.ShouldBe(1);
    }

    [Fact]
    public void Constructor_LengthsThatDiffer_AreRefused()
    {
        Should.Throw<TableShapeException>(() => new FeatureTable(Columns, [[0, 1], [0]]));
        Should.Throw<TableShapeException>(() => new FeatureTable(Columns, [[0, 1]]));
        Should.Throw<TableShapeException>(() => new FeatureTable([Columns[0], Columns[0]], [[0], [0]]));
        Should.Throw<TableShapeException>(() => new FeatureTable([new FeatureColumn("x", ColumnKind.Categorical)], [[0]]));
    }

    [Fact]
    public void TrainingTable_Defaults_AreWeightOneAndAGroupARow()
    {
        var table = new TrainingTable(new FeatureTable(Columns, [[1, 2, 3], [0, 1, 2]]), [0, 1, 1]);
        table.Weights.ShouldBe([1f, 1f, 1f]);
        table.Groups.ShouldBe([0, 1, 2]);
        (table.Positives, table.Negatives).ShouldBe((2, 1));
        table.Select([1]).Groups.ShouldBe([1]);
    }

    [Fact]
    public void TrainingTable_ValuesOutOfRange_AreRefused()
    {
        var features = new FeatureTable(Columns, [[1, 2], [0, 1]]);
        Should.Throw<TableShapeException>(() => new TrainingTable(features, [0, 2])).Row.ShouldBe(1);
        Should.Throw<TableShapeException>(() => new TrainingTable(features, [0]));
        Should.Throw<TableShapeException>(() => new TrainingTable(features, [0, 1], [1, 0])).Row.ShouldBe(1);
        Should.Throw<TableShapeException>(() => new TrainingTable(features, [0, 1], [float.NaN, 1])).Row.ShouldBe(0);
        Should.Throw<TableShapeException>(() => new TrainingTable(features, [0, 1], null, [1]));
    }
}
