using LeadPredict.Training.Csv;

namespace LeadPredict.Training.Tests.Csv;

public class MissingWordsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("null", true)]
    [InlineData(" N/A ", true)]
    [InlineData("Select", true)]
    [InlineData("NA", false)]
    [InlineData("0", false)]
    public void Contains_TheUsualWords_AreMissing(string cell, bool missing) => MissingWords.Default.Contains(cell).ShouldBe(missing);

    [Fact]
    public void Contains_OwnWords_StandInPlaceOfTheUsualOnes()
    {
        var words = new MissingWords(["-"]);

        words.Contains("-").ShouldBeTrue();
        words.Contains("").ShouldBeTrue();
        words.Contains("NULL").ShouldBeFalse();
    }
}
