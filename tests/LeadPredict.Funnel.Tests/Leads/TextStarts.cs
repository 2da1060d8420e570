using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Measures;

namespace LeadPredict.Funnel.Tests.Leads;

public sealed class TextStarts
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab\U0001F600", 3, "ab")]
    [InlineData("ab\U0001F600", 4, "ab\U0001F600")]
    [InlineData("a\U0001F469‍\U0001F680b", 5, "a")]
    [InlineData("ae\u0301b", 2, "a")]
    [InlineData("abc", 0, "")]
    public void Start_OfALongText_EndsWithAWholeCharacter(string text, int most, string expected) => TextStart.Of(text, most).ShouldBe(expected);

    [Fact]
    public void Segment_ThatIsCut_KeepsItsLastEmojiWholeOrLeavesIt() =>
        SegmentNames.Of(new string('a', 78) + "\U0001F600\U0001F600").ShouldBe(new string('a', 78) + "…");
}
