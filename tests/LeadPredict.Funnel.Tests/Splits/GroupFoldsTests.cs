using LeadPredict.Funnel.Splits;

namespace LeadPredict.Funnel.Tests.Splits;

public class GroupFoldsTests
{
    [Fact]
    public void GroupFolds_ManyGroups_SpreadEvenlyAndStayPut()
    {
        int[] folds = [.. Enumerable.Range(0, 5000).Select(i => GroupFolds.FoldOf($"account:{i}", 5, seed: 1))];

        folds.GroupBy(fold => fold).ShouldAllBe(fold => fold.Count() > 900 && fold.Count() < 1100);
        GroupFolds.FoldOf("account:7", 5, seed: 1).ShouldBe(folds[7]);
    }

    [Fact]
    public void GroupFolds_Number_CountsUpInOrderOfAppearance()
    {
        GroupFolds.Number(["b", "a", "b", "c"]).ShouldBe([0, 1, 0, 2]);
    }
}
