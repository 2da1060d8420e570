using LeadPredict.Funnel.Leads;

namespace LeadPredict.Funnel.Tests.Leads;

public sealed class EmailAttributeTests
{
    [Theory]
    [InlineData("email")]
    [InlineData("E-Mail")]
    [InlineData("Email Address")]
    [InlineData("work_email")]
    [InlineData("Secondary_Email__c")]
    [InlineData("hs_additional_emails")]
    [InlineData("emailaddress3")]
    [InlineData("mail")]
    [InlineData("ownerEmail", false)]
    [InlineData("referredBy", false)]
    [InlineData("emailOptIn", false)]
    [InlineData("to", false)]
    [InlineData("", false)]
    public void Is_ByName_ThePersonsOwnAddress(string name, bool own = true) => EmailAttribute.Is(name).ShouldBe(own);
}
