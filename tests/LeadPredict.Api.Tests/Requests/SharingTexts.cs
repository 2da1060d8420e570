using System.Text;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Tests.Requests;

public sealed class SharingTexts
{
    [Fact]
    public void Texts_ThatComeAgainAndAgain_StayOneObjectWhateverIdentifiersComeBetween()
    {
        string[] texts = [.. Enumerable.Range(0, 50).Select(number => $"a text that comes often, {number}")];
        string[] first = [.. texts.Select(Again)];
        first.ShouldBe(texts);
        for (int i = 0; i < 20_000; i++)
        {
            SharedTexts.Of(Encoding.UTF8.GetBytes($"5f1e-{i:D12}")).ShouldBe($"5f1e-{i:D12}");
        }

        // A few share a place with one another, and other tests read texts too.
        texts.Zip(first).Count(pair => ReferenceEquals(SharedTexts.Of(Encoding.UTF8.GetBytes(pair.First)), pair.Second)).ShouldBeGreaterThan(40);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(24)]
    [InlineData(48)]
    public void Texts_ThatDifferInOneLetter_AreNeverTakenForOneAnother(int length)
    {
        for (int at = 0; at < length; at++)
        {
            string one = new string('a', at) + 'b' + new string('a', length - at - 1);
            Again(one).ShouldBe(one);
            Again(new string('a', length)).ShouldBe(new string('a', length));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("café")]
    [InlineData("a\0b")]
    [InlineData("forty-nine letters are more than what is kept, 49")]
    public void Texts_OfAnotherKind_AreLeftToTheCaller(string text) => SharedTexts.Of(Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    private static string Again(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        SharedTexts.Of(utf8).ShouldBe(text);
        SharedTexts.Of(utf8).ShouldBe(text);
        return SharedTexts.Of(utf8)!;
    }
}
