using LeadPredict.Features.Emails;

namespace LeadPredict.Features.Tests.Emails;

public class EmailAddressTests
{
    [Theory]
    [InlineData("jane@acme.example", "business")]
    [InlineData(" Jane@GMAIL.com ", "free mail")]
    [InlineData("jane@yahoo.co.uk", "free mail")]
    [InlineData("jane@yahoo.some-company.example", "business")]
    [InlineData("jane@mit.edu", "education")]
    [InlineData("jane@cs.ox.ac.uk", "education")]
    [InlineData("jane@uni-bonn.de", "education")]
    [InlineData("jane@cdc.gov", "government")]
    [InlineData("jane@finances.gouv.fr", "government")]
    [InlineData("jane@bmi.bund.de", "government")]
    [InlineData("info@acme.example", "role address")]
    [InlineData("sales+x@acme.example", "role address")]
    [InlineData("info@gmail.com", "free mail")]
    [InlineData("x@mailinator.com", "disposable")]
    [InlineData("nobody", "invalid")]
    [InlineData("@acme.example", "invalid")]
    [InlineData("a@b", "invalid")]
    [InlineData("a b@acme.example", "invalid")]
    public void EmailAddress_Kind_IsTold(string address, string kind)
    {
        EmailAddress.Kinds[EmailAddress.Kind(address)].ShouldBe(kind);
    }
}
