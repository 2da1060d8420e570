using System.Text;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.Tests.Train;

public sealed class LabelWordsTests
{
    [Theory]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("1.00", true)]
    [InlineData("0.0000", false)]
    [InlineData("t", true)]
    [InlineData("F", false)]
    [InlineData("Won", true)]
    [InlineData("10", null)]
    [InlineData("1.01", null)]
    [InlineData("t.0", null)]
    [InlineData("2.0", null)]
    [InlineData("j\u00e1", null)]
    [InlineData("", null)]
    [InlineData("a word that is longer than all that could be meant", null)]
    public void Read_AsTextAndAsBytes_IsTheSame(string cell, bool? label)
    {
        LabelWords.Read(cell).ShouldBe(label);
        LabelWords.Read(" " + cell).ShouldBe(label);
        LabelWords.Read(Encoding.UTF8.GetBytes(cell)).ShouldBe(label);
    }
}
