using LeadPredict.Storage.People;

namespace LeadPredict.Storage.Tests.People;

public sealed class AddressesTests
{
    [Theory]
    [InlineData("Ada@Acme.example", "ada@acme.example")]
    [InlineData("a@x.example; b@x.example,c@x.example", "a@x.example b@x.example c@x.example")]
    [InlineData("\"Z, Ada\" <ada@acme.example>", "ada@acme.example")]
    [InlineData("mailto:ada@acme.example?subject=hello", "ada@acme.example")]
    [InlineData("Grace.O'Hopper+x@navy.example", "grace.o'hopper+x@navy.example")]
    [InlineData("[\"a@x.example\"]", "a@x.example")]
    [InlineData("none", "")]
    [InlineData("@handle", "")]
    [InlineData("n/a@", "")]
    public void Own_OfAText_IsEachAddressAsItIsCompared(string text, string expected) =>
        string.Join(' ', Addresses.Own(text)).ShouldBe(expected);

    [Theory]
    [InlineData("asked ann@acme.co, then left.")]
    [InlineData("https://acme.example/?to=ann@acme.co&from=x")]
    [InlineData("""{"note":"by\nANN@acme.co"}""")]
    [InlineData("""{"note":"email is \u0022ann@acme.co\u0022"}""")]
    [InlineData("\u8BF7\u8054\u7CFBann@acme.co\u8C22\u8C22")]
    [InlineData("acme/ann@acme.co/o1")]
    public void Mentioned_OfAText_HoldsWhateverWouldBeTakenOut(string text)
    {
        Addresses.Mentioned(text).ShouldContain("ann@acme.co");
        AddressText.Without(text, "ann@acme.co").ShouldContain("(forgotten)");
    }

    [Theory]
    [InlineData("joann@acme.co")]
    [InlineData("ann@acme.co.uk")]
    [InlineData("mary.ann@acme.co")]
    public void Mentioned_OfALongerAddress_IsThatOneAlone(string text) => Addresses.Mentioned(text).ShouldBe([text]);

    [Fact]
    public void Mentioned_OfATextThatIsNothingButSigns_EndsSoon() => Addresses.Mentioned(new string('@', 100_000)).ShouldBeEmpty();
}
