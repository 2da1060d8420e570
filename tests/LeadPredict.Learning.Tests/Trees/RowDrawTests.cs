using LeadPredict.Learning.Trees;

namespace LeadPredict.Learning.Tests.Trees;

public sealed class RowDrawTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    [InlineData(1024)]
    public void Draw_Halves_ShareTheRowsOutBetweenTwoTrees(int count)
    {
        int[] rows = Rows(count);
        var draw = new RowDraw(rows, Rules(halves: true));
        for (int pair = 0; pair < 5; pair++)
        {
            int[] first = Drawn(draw, 2 * pair, count);
            int[] second = Drawn(draw, (2 * pair) + 1, count);
            first.ShouldBeInOrder();
            second.ShouldBeInOrder();
            first.Concat(second).Order().ShouldBe(rows);
            Math.Abs(first.Length - second.Length).ShouldBeLessThanOrEqualTo(64);
        }
    }

    [Fact]
    public void Draw_Halves_AreDrawnAnewForEachTwoTrees()
    {
        var draw = new RowDraw(Rows(10_000), Rules(halves: true));
        int[][] firsts = [.. Enumerable.Range(0, 20).Select(pair => Drawn(draw, 2 * pair, 10_000))];
        firsts.Select(first => string.Join(' ', first)).Distinct().Count().ShouldBe(20);

        // Every row is as likely in a first half as in a second: 20 draws have a standard deviation of 2.2.
        firsts.SelectMany(first => first).GroupBy(row => row).Average(seen => seen.Count()).ShouldBe(10, 0.5);
    }

    [Theory]
    [InlineData(0.8, 800)]
    [InlineData(0.0001, 1)]
    [InlineData(1, 1000)]
    public void Draw_AShare_HasExactlySoManyInTheirOrder(double share, int expected)
    {
        int[] drawn = Drawn(new RowDraw(Rows(1000), Rules(share)), 3, 1000);
        drawn.Length.ShouldBe(expected);
        drawn.ShouldBeInOrder();
        drawn.Distinct().Count().ShouldBe(expected);
        drawn.ShouldAllBe(row => row % 3 == 0 && row < 3000);
    }

    [Fact]
    public void Draw_SameSeed_IsTheSame()
    {
        int[] Second(bool halves)
        {
            var draw = new RowDraw(Rows(5000), Rules(0.5, halves));
            Drawn(draw, 0, 5000);
            return Drawn(draw, 1, 5000);
        }

        Second(true).ShouldBe(Second(true));
        Second(false).ShouldBe(Second(false));
    }

    private static BoostingRules Rules(double share = 1, bool halves = false) => new() { Growth = new GrowthRules(), RowShare = share, Halves = halves };

    /// <summary>Each third row of a table, as of a fold.</summary>
    private static int[] Rows(int count) => [.. Enumerable.Range(0, count).Select(i => 3 * i)];

    private static int[] Drawn(RowDraw draw, int tree, int room)
    {
        var drawn = new int[room];
        int count = draw.Draw(tree, new Random(tree), drawn);
        return drawn[..count];
    }
}
